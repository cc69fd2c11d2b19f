import { startTransition, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { keepOnDevice } from "@/app/keep-on-device";
import { reloadWhenOutdated } from "@/app/reloading";
import { takeOver } from "@/app/take-over";
import { language } from "@/lib/language";

const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root.");

reloadWhenOutdated();
keepOnDevice();
void takeOver(root).then(() => {
  document.documentElement.lang = language;
  document.querySelector("head > title")?.remove(); // every page has one of its own, and the first one counts
  const page = createRoot(root);
  // As a transition it is drawn in slices, between which what is on the screen can be pressed.
  startTransition(() =>
    page.render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
});
