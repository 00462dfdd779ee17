import { expect, test } from '@jest/globals';
import { renderDocument } from './render-document.ts';

test('a new run replaces the results and keeps the notes that were written by hand', () => {
  const first = renderDocument('## Results\n\nold figures', undefined);
  const withNotes = first.replace(
    '\n<!-- end of the notes -->',
    '\n## Where the time goes\n\nIn the commit.\n<!-- end of the notes -->',
  );
  const second = renderDocument('## Results\n\nnew figures', withNotes);
  expect(second).toContain('## Where the time goes\n\nIn the commit.');
  expect(second).toContain('new figures');
  expect(second).not.toContain('old figures');
  expect(renderDocument('## Results\n\nnew figures', second)).toBe(second);
});

test('a page that has lost the marker of its notes is left alone, with a message that says so', () => {
  expect(() => renderDocument('figures', '# Benchmarks\n\nnotes without markers')).toThrow('has lost a marker');
});
