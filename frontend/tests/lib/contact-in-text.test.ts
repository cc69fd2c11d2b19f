import { expect, it } from "vitest";
import { answerLink, holdsContact } from "@/lib/contact-in-text";

it.each([
  "Call 600 100 200",
  "Tel. +48 600-100-200, dzwonić o każdej porze",
  "(012) 422 33 44",
  "0044 20 7946 0958",
  "write to anna.k@example.org",
  "anna (at) example.org",
  "tel:600100200",
])("finds the contact in %j", (text) => expect(holdsContact(text)).toBe(true));

it.each([
  "",
  "Brown dog, 12 kg, born in 2019",
  "Lost on 20.11.2026 at 18:30",
  "Since 2026-11-20 18:30:00",
  "Chip 616093900123456",
  "Lived with us 2019-2024",
  "ul. Długa 12/34, 31-042 Kraków",
  "near 50.061234, 19.938712",
  "meet me @ the park. Thanks",
  "🐕".repeat(4000),
])("finds none in %j", (text) => expect(holdsContact(text)).toBe(false));

it("does not take long over 4,000 digits or signs", () => {
  const started = performance.now();
  for (const unit of ["1", "1 ", "@", "a@", "(at)", "1.", "--"]) holdsContact(unit.repeat(4000));
  expect(performance.now() - started).toBeLessThan(2_000);
});

it.each([
  ["anna.k@example.org", "mailto:anna.k@example.org"],
  [" +48 600 100 200 ", "tel:+48600100200"],
  ["(012) 422-33-44", "tel:0124223344"],
])("answers %j by %j", (way, link) => expect(answerLink(way)).toBe(link));

it.each([
  "",
  "ask for Anna in the bakery",
  "javascript:alert(1)",
  "a@b.c?bcc=everybody@example.org",
  "1234",
  "https://example.org/",
  "call 600 100 200",
])("makes no link of %j", (way) => expect(answerLink(way)).toBeNull());

it("says what it is about in a mail", () => {
  expect(answerLink("a@example.org", "Brown dog & cat")).toBe(
    "mailto:a@example.org?subject=Brown%20dog%20%26%20cat",
  );
});
