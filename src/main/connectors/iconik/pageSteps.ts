import { pageNumber } from './paging.ts'

/** Costs fewest requests; more than this at once would be slow to answer and to keep. */
export const assetsPerPage = 500
/** More than a screen of the largest window: what somebody waits for comes in a fifth of the time. */
const firstPerPage = 100

/** One page of a list: of the small ones that its beginning is read in, or of the large ones behind them. */
export interface Step {
  readonly page: number
  readonly perPage: number
}

/** The step that a cursor stands for: `s` and a number a small page, a number alone a large one. */
export function stepOf(cursor: string | undefined): Step {
  if (cursor === undefined) return { page: 1, perPage: firstPerPage }
  const isSmall = cursor.startsWith('s')
  return {
    page: pageNumber(isSmall ? cursor.slice(1) : cursor),
    perPage: isSmall ? firstPerPage : assetsPerPage,
  }
}

/** The cursor of the rows behind a step: small pages fill the first large one, so that no row is read twice or left out. */
export function nextStep({ page, perPage }: Step): string {
  if (perPage === assetsPerPage) return String(page + 1)
  return page * firstPerPage < assetsPerPage ? `s${page + 1}` : '2'
}
