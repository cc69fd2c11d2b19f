import type { FormEvent } from "react";

/** Bring the first field that is wrong into view and under the cursor, once the page shows it as wrong. */
export function focusFirstError(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const field = form?.querySelector<HTMLElement>(".field--wrong");
    const control = field?.querySelector<HTMLElement>("input, select, textarea, button");
    field?.scrollIntoView({ block: "center" });
    control?.focus({ preventScroll: true });
  });
}

/** The fields are switched off while they are sent; the focus waits on the button that sent them. */
export function focusSubmitter({ nativeEvent }: FormEvent): void {
  const submitter = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
  submitter?.focus({ preventScroll: true });
}
