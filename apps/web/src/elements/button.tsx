import type { ComponentProps, ReactNode } from 'react';

type Kind = 'primary' | 'secondary' | 'quiet' | 'danger';

interface ButtonProps extends ComponentProps<'button'> {
  kind?: Kind;
  size?: 'small' | 'medium' | 'large';
  icon?: ReactNode;
}

/** A button; never a submit button unless it says so. */
export function Button({ kind = 'secondary', size = 'medium', icon, className = '', children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`${buttonClass(kind, size)} ${className}`} {...rest}>
      {icon}
      {children}
    </button>
  );
}

interface LinkButtonProps extends ComponentProps<'a'> {
  kind?: Kind;
  size?: 'small' | 'medium' | 'large';
  icon?: ReactNode;
}

/** A link that looks like a button. */
export function LinkButton({
  kind = 'secondary',
  size = 'medium',
  icon,
  className = '',
  children,
  ...rest
}: LinkButtonProps) {
  return (
    <a className={`${buttonClass(kind, size)} ${className}`} {...rest}>
      {icon}
      {children}
    </a>
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  label: string;
  kind?: 'plain' | 'solid';
}

/** A button that is an icon; its label is read out and shown as a tooltip. */
export function IconButton({ label, kind = 'plain', className = '', children, ...rest }: IconButtonProps) {
  const look =
    kind === 'solid'
      ? 'bg-black/65 text-white hover:bg-black/85 backdrop-blur-sm'
      : 'text-muted hover:bg-raised hover:text-ink';
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-grid size-9 shrink-0 pointer-coarse:size-11 place-items-center rounded-lg transition-colors disabled:opacity-40 ${look} ${className}`}
      {...rest}
    >
      {children}
    </button>
  );
}

const kinds: Record<Kind, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong shadow-card',
  secondary: 'bg-surface text-ink border border-line hover:bg-raised shadow-card',
  quiet: 'text-ink hover:bg-raised',
  danger: 'bg-surface text-bad border border-line hover:bg-bad-soft shadow-card',
};

const sizes = {
  small: 'h-8 pointer-coarse:h-10 px-2.5 text-[0.8125rem] gap-1.5',
  medium: 'h-10 pointer-coarse:h-11 px-3.5 text-sm gap-2',
  large: 'h-12 px-5 text-[0.9375rem] gap-2',
};

function buttonClass(kind: Kind, size: keyof typeof sizes): string {
  return `inline-flex items-center justify-center rounded-lg font-medium whitespace-nowrap transition-colors select-none *:[svg]:shrink-0 disabled:opacity-50 disabled:pointer-events-none ${kinds[kind]} ${sizes[size]}`;
}
