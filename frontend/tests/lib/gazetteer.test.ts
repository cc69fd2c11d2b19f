import { beforeEach, describe, expect, it, vi } from "vitest";
import { filedUnder, fold } from "@/lib/folding";
import type { LargePlacesFile, PlacesFile } from "@/lib/gazetteer-files";

const LARGE: LargePlacesFile = {
  places: [
    ["London", "GB", 0, 51.51, -0.13, 92, "Londyn"],
    ["Kraków", "PL", 1, 50.06, 19.94, 78],
    ["New York City", "US", 2, 40.71, -74.01, 92, "Nowy Jork"],
    ["Genève", "CH", 3, 46.2, 6.15, 70, "Genewa"],
    ["London", "CA", 4, 42.98, -81.23, 74],
  ],
  regions: ["England", "Lesser Poland|małopolskie", "New York", "Geneva", "Ontario"],
  shelves: ["aa", "gene", "nowawies", "nowy"],
};
const SHELVES: Record<string, PlacesFile> = {
  0: { places: [], regions: [] },
  1: { places: [["Genève", "CH", 0, 46.2, 6.15, 70, "Genewa", "Geneva"]], regions: ["Geneva"] },
  2: {
    places: [
      ["Nowa Wieś", "PL", 0, 50.1, 20.1, 40],
      ["Nowa Wieś", "PL", 1, 52.1, 21.1, 44],
    ],
    regions: ["Lesser Poland|małopolskie", "Mazovia|mazowieckie"],
  },
  3: { places: [["Nowy Sącz", "PL", 0, 49.62, 20.69, 66]], regions: ["Lesser Poland|małopolskie"] },
};

let asked: string[];
let fails = false;

beforeEach(() => {
  vi.resetModules();
  asked = [];
  fails = false;
  vi.stubGlobal("fetch", async (address: string) => {
    const name = /(\w+)\.json$/.exec(address)?.[1] ?? "";
    asked.push(name);
    if (fails) throw new TypeError("Failed to fetch");
    return new Response(JSON.stringify(name === "large" ? LARGE : SHELVES[name]));
  });
});

/** The module keeps what it loaded, so each test has one of its own. */
async function find(text: string) {
  const { findPlaces } = await import("@/lib/gazetteer");
  return findPlaces(text);
}
const names = async (text: string) => (await find(text)).map(({ name }) => name);

describe("a name", () => {
  it("is known without its marks, its capitals and its punctuation", () => {
    expect(fold("Łódź")).toBe("lodz");
    expect(fold("Kędzierzyn-Koźle")).toBe("kedzierzyn kozle");
    expect(fold("Homyel’")).toBe("homyel");
    expect(fold("Straße, Ærø, Þing")).toBe("strasse aero thing");
    expect(filedUnder("Nowy Sącz")).toBe("nowysacz");
  });
});

describe("a search", () => {
  it("finds a place by its English and by its Polish name, and tells the usual one", async () => {
    expect(await find("londyn")).toMatchObject([
      { name: "Londyn", usual: "London", where: "United Kingdom" },
    ]);
    expect(await find("Krakow")).toMatchObject([{ name: "Kraków", usual: null, where: "Poland" }]);
  });

  it("finds a place once that has several of its names in several files", async () => {
    expect(await find("geneva")).toMatchObject([{ name: "Geneva", usual: "Genève" }]);
    expect(await names("gene")).toEqual(["Genève"]);
  });

  it("puts larger places first, and finds words within names", async () => {
    expect(await names("lon")).toEqual(["London", "London"]);
    expect((await find("lon")).map(({ where }) => where)).toEqual(["United Kingdom", "Canada"]);
    expect(await names("york")).toEqual(["New York City"]);
  });

  it("tells places of one name in one country apart by their regions", async () => {
    const found = await find("nowa wies");
    expect(found.map(({ where }) => where)).toEqual(["Mazovia, Poland", "Lesser Poland, Poland"]);
  });

  it("keeps to a country or a region that stands after a comma", async () => {
    expect((await find("london, can")).map(({ where }) => where)).toEqual(["Canada"]);
    expect(await names("nowa wies, lesser")).toEqual(["Nowa Wieś"]);
  });

  it("loads the large places and at most two files more", async () => {
    expect(await names("nowy")).toEqual(["Nowy Jork", "Nowy Sącz"]);
    expect(asked).toEqual(["large", "3"]);
    await find("no");
    expect(asked).toEqual(["large", "3"]); // three files would begin so: one letter more, and it is fewer
  });

  it("asks for nothing before there are two letters", async () => {
    expect(await find("l")).toEqual([]);
    expect(await find(" ,")).toEqual([]);
    expect(asked).toEqual([]);
  });

  it("fails where there is no network, and works when there is one again", async () => {
    fails = true;
    await expect(find("london")).rejects.toThrow("cannot be reached");
    fails = false;
    expect(await names("londyn")).toEqual(["Londyn"]);
  });

  it("looks at a village more closely than at a metropolis", async () => {
    const [metropolis] = await find("new york");
    const [village] = await find("nowa wies");
    expect([metropolis?.zoom, village?.zoom]).toEqual([11, 14]);
  });
});

it("knows which files hold a beginning, and none where they are too many", async () => {
  const { shelvesFor } = await import("@/lib/gazetteer");
  const starts = ["a", "ba", "bab", "bd", "c"];
  expect(shelvesFor("bac", starts)).toEqual([2]);
  expect(shelvesFor("ba", starts)).toEqual([1, 2]);
  expect(shelvesFor("bd", starts)).toEqual([3]);
  expect(shelvesFor("b", starts)).toEqual([]);
  expect(shelvesFor("zz", starts)).toEqual([4]);
});
