import type { ReactNode } from "react";

interface FieldsProps {
  off: boolean;
  children: ReactNode;
}

/** The fields of a form, switched off together, as while they are sent: what is typed then would be lost. */
export function Fields({ off, children }: FieldsProps) {
  return (
    <fieldset className="plain" role="presentation" disabled={off}>
      {children}
    </fieldset>
  );
}
