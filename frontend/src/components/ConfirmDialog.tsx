import { useId, useLayoutEffect, useRef } from "react";

interface ConfirmDialogProps {
  question: string;
  text: string;
  yes: string;
  no: string;
  onYes: () => void;
  onNo: () => void;
}

/** Asks before what cannot be undone; Escape means no. */
export function ConfirmDialog({ question, text, yes, no, onYes, onNo }: ConfirmDialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    // closed before it leaves the page, or the focus would not go back to where it was
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={id} onCancel={onNo}>
      <h2 id={id}>{question}</h2>
      <p>{text}</p>
      <div className="row row--end">
        <button type="button" className="button" onClick={onNo}>
          {no}
        </button>
        <button type="button" className="button button--danger" onClick={onYes}>
          {yes}
        </button>
      </div>
    </dialog>
  );
}
