import type { UploadTarget } from '../../src/main/transfers/uploadTarget.ts'
import { AppError } from '../../src/shared/errors.ts'

export interface FakeAsset {
  readonly id: string
  readonly objectKey: string
  readonly name: string
  readonly bytes: number
  readonly mediaType: string
}

/** A back end with one step, that may lose answers, be slow to list, or refuse. Outlives the engines that use it. */
export class FakeService {
  readonly assets: FakeAsset[] = []
  #losses = 0
  #refusals: AppError[] = []
  /** Listed only after this many look-ups. */
  lag = 0
  onCall: ((call: 'lookUp' | 'act', phase: 'before' | 'after') => void) | undefined
  #lastId = 0

  loseReply(times = 1): void {
    this.#losses += times
  }

  refuse(...errors: AppError[]): void {
    this.#refusals.push(...errors)
  }

  target(): UploadTarget {
    return {
      transport: 's3',
      before: [],
      after: [
        {
          name: 'registerAsset',
          lookUp: async (facts) => {
            this.onCall?.('lookUp', 'before')
            await turn()
            this.onCall?.('lookUp', 'after')
            if (this.lag > 0) {
              this.lag -= 1
              return undefined
            }
            return this.assets.find((asset) => asset.objectKey === facts.objectKey)?.id
          },
          act: async (facts) => {
            this.onCall?.('act', 'before')
            await turn()
            const refusal = this.#refusals.shift()
            if (refusal !== undefined) throw refusal
            this.#lastId += 1
            const { objectKey, name, bytes, mediaType } = facts
            const asset = { id: `ast_${this.#lastId}`, objectKey, name, bytes, mediaType }
            this.assets.push(asset)
            this.onCall?.('act', 'after')
            await turn()
            if (this.#losses > 0) {
              this.#losses -= 1
              throw new AppError('network.offline', { isSent: true, reason: 'ECONNRESET' })
            }
            return asset.id
          },
        },
      ],
    }
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
