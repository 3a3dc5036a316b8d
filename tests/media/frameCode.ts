/** Which frame a picture shows, by the code in its pixels. The code itself is described where it is drawn. */
export {
  containedPicture,
  decodeFrameCodeCells,
  drawFrameCode,
  frameCodeCells,
  frameCodeLayout,
  largestClipId,
  largestFrame,
  readFrameCode,
} from '../../scripts/samples/frameCode.mjs'
