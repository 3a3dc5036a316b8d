/** The sample footage: what is made, at which rate, with which timecode. Clip ids are in the pixels; never reuse one. */

/**
 * @typedef {object} ClipPlan
 * @property {'clip'} kind
 * @property {string} file
 * @property {string} title
 * @property {string} scene
 * @property {number} clipId
 * @property {number} width
 * @property {number} height
 * @property {{ numerator: number, denominator: number }} rate
 * @property {boolean} dropFrame
 * @property {string} startTimecode
 * @property {number} frameCount
 * @property {number} quality x264's CRF: lower is better and larger.
 * @property {number} poster The second that makes the best still.
 */
/**
 * @typedef {object} StillPlan
 * @property {'still'} kind
 * @property {string} file
 * @property {string} title
 * @property {string} scene
 * @property {number} width
 * @property {number} height
 */
/**
 * @typedef {object} SoundPlan
 * @property {'sound'} kind
 * @property {string} file
 * @property {string} title
 * @property {string} scene
 * @property {number} seconds
 */
/** @typedef {ClipPlan | StillPlan | SoundPlan} Plan */

const film = { numerator: 24, denominator: 1 }
const filmOnVideo = { numerator: 24_000, denominator: 1001 }
const pal = { numerator: 25, denominator: 1 }
const palFast = { numerator: 50, denominator: 1 }
const ntsc = { numerator: 30_000, denominator: 1001 }
const ntscFast = { numerator: 60_000, denominator: 1001 }
const thirty = { numerator: 30, denominator: 1 }

const large = { width: 1280, height: 720 }
const small = { width: 960, height: 540 }

/** @type {readonly Plan[]} */
export const footage = [
  {
    kind: 'clip',
    file: 'A012_C003_0915.mp4',
    title: 'Ridge, first light',
    scene: 'ridge',
    clipId: 1,
    ...large,
    rate: film,
    dropFrame: false,
    startTimecode: '01:00:00:00',
    frameCount: 288,
    quality: 27,
    poster: 5,
  },
  {
    kind: 'clip',
    file: 'A012_C004_0915.mp4',
    title: 'Lake, lantern',
    scene: 'lake',
    clipId: 2,
    ...large,
    rate: pal,
    dropFrame: false,
    startTimecode: '10:00:00:00',
    frameCount: 300,
    quality: 27,
    poster: 6,
  },
  {
    kind: 'clip',
    file: 'B003_C001_0915.mp4',
    title: 'Night road',
    scene: 'road',
    clipId: 3,
    ...large,
    rate: ntsc,
    dropFrame: true,
    startTimecode: '01:00:00;00',
    frameCount: 360,
    quality: 31,
    poster: 7,
  },
  {
    kind: 'clip',
    file: 'A012_C007_0915.mp4',
    title: 'Beech wood, shafts of light',
    scene: 'forest',
    clipId: 4,
    ...small,
    rate: filmOnVideo,
    dropFrame: false,
    startTimecode: '01:04:10:00',
    frameCount: 120,
    quality: 29,
    poster: 1.5,
  },
  {
    kind: 'clip',
    file: 'A012_C009_0915.mp4',
    title: 'Barley, evening wind',
    scene: 'field',
    clipId: 5,
    ...small,
    rate: palFast,
    dropFrame: false,
    startTimecode: '10:12:30:00',
    frameCount: 200,
    quality: 32,
    poster: 1.5,
  },
  {
    kind: 'clip',
    file: 'B003_C002_0915.mp4',
    title: 'Street in the rain',
    scene: 'city',
    clipId: 6,
    ...small,
    rate: thirty,
    dropFrame: false,
    startTimecode: '00:59:52:00',
    frameCount: 150,
    quality: 31,
    poster: 2,
  },
  {
    kind: 'clip',
    file: 'B003_C005_0915.mp4',
    title: 'Cabin, northern lights',
    scene: 'cabin',
    clipId: 7,
    ...small,
    rate: film,
    dropFrame: false,
    startTimecode: '02:00:00:00',
    frameCount: 144,
    quality: 33,
    poster: 1.5,
  },
  {
    kind: 'clip',
    file: 'B003_C006_0915.mp4',
    title: 'Lighthouse, dusk',
    scene: 'sea',
    clipId: 8,
    ...small,
    rate: ntscFast,
    dropFrame: true,
    startTimecode: '00:59:58;00',
    frameCount: 240,
    quality: 31,
    poster: 1.5,
  },
  {
    kind: 'clip',
    file: 'A012_C001_0915.mp4',
    title: 'Bars and tone',
    scene: 'bars',
    clipId: 9,
    ...small,
    rate: pal,
    dropFrame: false,
    startTimecode: '09:59:50:00',
    frameCount: 100,
    quality: 28,
    poster: 0.7,
  },
  {
    kind: 'still',
    file: 'A012_S001_0915.jpg',
    title: 'Dunes, last sun',
    scene: 'dunes',
    width: 1920,
    height: 1080,
  },
  {
    kind: 'sound',
    file: 'S004_T012_0915.wav',
    title: 'Wild track, shingle shore',
    scene: 'shore',
    seconds: 5,
  },
]

export const bytesAllowed = 8_000_000
export const thumbnailBytesAllowed = 25_000
export const thumbnailWidth = 480
