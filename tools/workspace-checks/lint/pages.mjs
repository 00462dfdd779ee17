import accessibility from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';

/** What React, and people who cannot see or point, need of a page. */
export const pages = [
  { files: ['**/*.tsx'], ...accessibility.flatConfigs.recommended },
  {
    files: ['**/*.tsx'],
    rules: {
      // What models film comes without captions.
      'jsx-a11y/media-has-caption': 'off',
      // A region that scrolls has to be reached by the keyboard.
      'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: [], roles: ['region'] }],
    },
  },
  {
    files: ['apps/web/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
];
