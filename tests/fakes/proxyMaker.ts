/**
 * A process of its own, as the app is one, that makes a proxy of a clip and tells the id of every program it starts. The
 * clip's first bytes come at once, the others never: it stands in the middle until somebody ends it.
 */
import process from 'node:process'
import { mediaInfoSchema } from '../../src/shared/place.ts'
import { heldAnswer } from './heldAnswer.ts'
import { aVersion, proxyBench } from './proxyBench.ts'

const [, , root = '', clip = '', info = ''] = process.argv
const { answer } = heldAnswer()
const { proxies, originals } = await proxyBench({
  root,
  answer,
  knownInfo: mediaInfoSchema.parse(JSON.parse(info)),
  onStart: (child) => process.send?.({ pid: child.pid }),
})
originals.set(aVersion(1), clip)
await proxies.make(aVersion(1))
