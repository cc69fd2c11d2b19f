/** Bring the first field that is wrong into view and under the cursor, once the page shows it as wrong. */
export function focusFirstError(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const field = form?.querySelector<HTMLElement>(".field--wrong");
    const control = field?.querySelector<HTMLElement>("input, select, textarea, button");
    field?.scrollIntoView({ block: "center" });
    control?.focus({ preventScroll: true });
  });
}
