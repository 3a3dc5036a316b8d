/** Epoch milliseconds as the service writes times: `2021-07-28T18:10:42.366000+00:00`. */
export const isoOf = (time: number): string => new Date(time).toISOString().replace('Z', '000+00:00')

/** Epoch milliseconds of a date in any ISO form. */
export const timeOf = (iso: string): number => Date.parse(iso)
