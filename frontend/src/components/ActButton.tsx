import type { ComponentProps } from "react";

interface ActButtonProps extends ComponentProps<"button"> {
  off?: boolean;
}

/** A button that keeps the focus while it cannot be pressed; a disabled one would lose it. */
export function ActButton({ off = false, onClick, type = "button", ...rest }: ActButtonProps) {
  return (
    <button
      type={type}
      aria-disabled={off || undefined}
      onClick={(event) => (off ? event.preventDefault() : onClick?.(event))}
      {...rest}
    />
  );
}
