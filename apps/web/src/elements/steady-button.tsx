import { type ComponentProps, useEffect, useState } from 'react';
import { Button } from './button.tsx';

/** Longer than between the two clicks of a double click, and than it takes to see that something else stands there now. */
const newMs = 1_000;

type SteadyButtonProps = Omit<ComponentProps<typeof Button>, 'onClick' | 'onKeyDown'> & { onClick: () => void };

/**
 * A button for what one click pays for or ends. It takes none in the second after it has come, since whoever clicks then meant what stood in its
 * place; nor the second click of a double click, which may have begun on what has moved away since; nor an Enter that is held down.
 */
export function SteadyButton({ disabled, onClick, ...rest }: SteadyButtonProps) {
  const [isNew, setNew] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setNew(false), newMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Button
      disabled={isNew || disabled}
      onKeyDown={(event) => {
        if (event.repeat && event.key === 'Enter') event.preventDefault();
      }}
      onClick={({ detail: clicksInARow }) => {
        if (clicksInARow <= 1) onClick();
      }}
      {...rest}
    />
  );
}
