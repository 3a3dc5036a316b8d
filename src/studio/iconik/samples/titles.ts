/** What the samples are called, for whoever adds to them: `assetByTitle`, `collectionByTitle`. */
export const sampleTitles = {
  autumn: 'Autumn Campaign',
  harbour: 'Harbour, a portrait',
  dailies: 'Dailies',
  ridgeDay: 'Day 1, ridge',
  roadDay: 'Day 2, road',
  /** Ordered by hand, three levels down. */
  selects: 'Selects',
  stills: 'Stills',
  sound: 'Sound',
  scenes: 'Scenes',
  reference: 'Reference',
  /** In the trash. */
  tests: 'Camera tests',
  /** Three versions. */
  ridge: 'Ridge, first light',
  /** Two versions each. */
  lake: 'Lake, lantern',
  road: 'Night road',
  playlist: 'Friday screening',
} as const
