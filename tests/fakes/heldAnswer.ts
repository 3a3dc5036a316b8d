import { fileAnswer } from '../../src/main/media/mediaAnswer.ts'

const atOnce = 300_000

/** Gives the first bytes of a file at once and the others when the gate is opened. */
export function heldAnswer() {
  const gate: { open: () => void } = { open: () => undefined }
  const opened = new Promise<void>((resolve) => {
    gate.open = resolve
  })
  const answer = async (request: Request, path: string): Promise<Response> => {
    const whole = await fileAnswer(path, 'video/quicktime', request)
    let given = 0
    const body = whole.body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        async transform(chunk, controller) {
          if (given > atOnce) await opened
          given += chunk.byteLength
          controller.enqueue(chunk)
        },
      }),
    )
    return new Response(body ?? null, { status: whole.status, headers: whole.headers })
  }
  return { gate, answer }
}
