import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { filedUnder } from "@/lib/folding";
import { LARGE_PLACES, type LargePlacesFile, type PlacesFile } from "@/lib/gazetteer-files";
import { geonames } from "../../scripts/gazetteer/geonames.ts";
import { makeFiles, type Place } from "../../scripts/gazetteer/make.ts";

const place = (changes: Partial<Place>): Place => ({
  name: "Testowo",
  others: [],
  latitude: 50.06143,
  longitude: 19.93658,
  country: "PL",
  region: "Lesser Poland|małopolskie",
  population: 500,
  ...changes,
});

const read = <File>(files: ReadonlyMap<string, string>, name: string): File =>
  JSON.parse(files.get(name) ?? "null") as File;

describe("of a few places", () => {
  const files = makeFiles(
    [
      place({ name: "Vienna", country: "AT", population: 1_700_000, others: ["Wiedeń", "Wien", "Вена"] }),
      place({ name: "Vienna", country: "US", population: 3_000, others: ["Wien"] }),
      place({ name: "Nysa", population: 45_000, others: ["Neisse"] }),
    ],
    ["Wiedeń"],
  );
  const large = read<LargePlacesFile>(files, LARGE_PLACES);

  it("has the large ones in the first file, by their usual and their Polish name", () => {
    expect(large.places).toEqual([["Vienna", "AT", 0, 50.06, 19.94, 83, "Wiedeń"]]);
  });

  it("has the other ones, and other names, by the alphabet", () => {
    const [shelf] = large.shelves.map((_, index) => read<PlacesFile>(files, String(index)));
    expect(large.shelves).toEqual(["neisse"]);
    expect(shelf?.places.map(([name, country, , , , , ...more]) => [name, country, ...more])).toEqual([
      ["Nysa", "PL", "", "Neisse"],
      ["Vienna", "US"],
      ["Vienna", "AT", "Wiedeń", "Wien"],
    ]);
  });

  it("refuses a Polish name that GeoNames does not have", () => {
    expect(() => makeFiles([place({})], ["Atlantyda"])).toThrow("Atlantyda");
  });
});

describe("of the whole world", { timeout: 60_000 }, () => {
  let files: Map<string, string>;
  const gzipped = (name: string) => gzipSync(files.get(name) ?? "").length;

  beforeAll(() => {
    const names = readFileSync("scripts/gazetteer/polish-names.txt", "utf8").trim().split("\n");
    files = makeFiles(geonames(), names);
  }, 60_000);

  it("loads at most 150 KB gzipped at first use: the large places and two files more", () => {
    const sizes = [...files.keys()].filter((name) => name !== LARGE_PLACES).map(gzipped);
    const [first = 0, second = 0] = sizes.sort((one, other) => other - one);
    expect(gzipped(LARGE_PLACES) + first + second).toBeLessThan(150_000);
  });

  it("knows every Polish town by its name", () => {
    const { places, shelves } = read<LargePlacesFile>(files, LARGE_PLACES);
    expect(places.find(([name]) => name === "Warsaw")?.[6]).toBe("Warszawa");
    for (const town of ["Zakopane", "Kędzierzyn-Koźle", "Łeba", "Świętochłowice"]) {
      const key = filedUnder(town);
      const index = shelves.filter((start) => start <= key).length - 1;
      const found = read<PlacesFile>(files, String(index)).places.map(([name]) => name);
      expect(found).toContain(town);
    }
  });
});
