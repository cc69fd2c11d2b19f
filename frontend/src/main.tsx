import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { language } from "@/lib/language";

const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root.");
document.documentElement.lang = language;
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
