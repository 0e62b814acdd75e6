/**
 * The times that entries carry: MS-DOS dates without a zone, in steps of two seconds.
 */
import type { ZipEntry } from "./model.js";

/** Packers write older ones where they know no time: 1980 as the first, 2000 in deterministic builds. */
const firstPlausibleYear = 2010;

/**
 * The newest plausible time of all entries, read as UTC: `2024-01-02T03:04:06+00:00`. Only what is in the zip
 * counts, no clock, so the same file has the same time everywhere.
 */
export function newestEntryTime(entries: readonly ZipEntry[]): string | undefined {
  let newest = 0;
  for (const { dosTime } of entries) {
    if (dosTime > newest && isPlausible(dosTime)) newest = dosTime;
  }
  return newest === 0 ? undefined : isoTime(newest);
}

function isPlausible(dosTime: number): boolean {
  const { year, month, day, hour, minute, second } = fields(dosTime);
  return (
    year >= firstPlausibleYear &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysOf(year, month) &&
    hour < 24 &&
    minute < 60 &&
    second < 60
  );
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function fields(dosTime: number) {
  return {
    year: 1980 + (dosTime >>> 25),
    month: (dosTime >>> 21) & 15,
    day: (dosTime >>> 16) & 31,
    hour: (dosTime >>> 11) & 31,
    minute: (dosTime >>> 5) & 63,
    second: (dosTime & 31) * 2,
  };
}

function isoTime(dosTime: number): string {
  const { year, month, day, hour, minute, second } = fields(dosTime);
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}+00:00`;
}
