import { Component, type ReactNode } from "react";
import { WORDS } from "@/app/words";

/** A page that breaks, or whose code cannot be loaded, leaves the header and a way on. */
export class PageBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  return (
    <div className="page" role="alert">
      <h1>{WORDS.crashed}</h1>
      <p className="lead">{WORDS.crashedText}</p>
      <button type="button" className="button button--primary" onClick={() => window.location.reload()}>
        {WORDS.reload}
      </button>
    </div>
  );
}
