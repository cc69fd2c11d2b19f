import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const FEATURES = ["map", "report", "announcement", "manage", "poster", "info"];

/** Imports point one way: shared (lib, components) -> features -> app. */
function forbid(files, patterns, paths = []) {
  return { files, rules: { "no-restricted-imports": ["error", { patterns, paths }] } };
}

const app = { regex: "^@/app(/|$)", message: "app is the top: nothing below may import it." };
const upwards = { regex: "^\\.\\./", message: "Write @/… for what is in another folder." };
const features = { regex: "^@/features(/|$)", message: "What is shared may not import a feature." };
const components = { regex: "^@/components(/|$)", message: "lib may not import components." };
const leaflet = { name: "leaflet", message: "Only PetMap and its parts import Leaflet." };

const otherFeatures = (feature) => ({
  regex: `^@/features/(?!${feature}(/|$))`,
  message: "A feature may not import another one.",
});

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/lib/api-types.ts"] },
  js.configs.recommended,
  tseslint.configs.strict,
  a11y.flatConfigs.recommended,
  reactHooks.configs.flat.recommended,
  {
    files: ["src/**/*.{ts,tsx}"],
    rules: { "max-lines": ["error", 200], "max-lines-per-function": ["error", { max: 120 }] },
  },
  forbid(["src/app/**"], [upwards], [leaflet]),
  forbid(["src/lib/**"], [app, features, components, upwards], [leaflet]),
  forbid(["src/components/**"], [app, features, upwards], [leaflet]),
  forbid(
    [
      "src/components/PetMap.tsx",
      "src/components/base-map.ts",
      "src/components/pet-marks.ts",
      "src/components/pet-place.ts",
      "src/components/simple-map.ts",
    ],
    [app, features, upwards],
  ),
  ...FEATURES.map((feature) =>
    forbid([`src/features/${feature}/**`], [app, otherFeatures(feature), upwards], [leaflet]),
  ),
  {
    files: ["scripts/**", "*.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
  {
    files: ["src/service-worker.js", "src/page.js"],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...["self", "caches", "fetch", "location", "setTimeout", "Headers", "Request", "Response", "URL"],
          ...[
            "document",
            "navigator",
            "localStorage",
            "requestAnimationFrame",
            "addEventListener",
            "console",
          ],
        ].map((name) => [name, "readonly"]),
      ),
    },
  },
);
