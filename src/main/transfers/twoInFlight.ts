/**
 * Hands over what comes, the next one while the one before is still on its way: never more than two at once. Resolves
 * when all have arrived, or at once with `over`; then nothing more is asked for.
 * @param send fails when one cannot be sent; the first failure is this function's own
 */
export async function twoInFlight<Item>(
  items: AsyncIterable<Item>,
  send: (item: Item) => Promise<void>,
  over: Promise<void>,
  isOver: () => boolean,
): Promise<void> {
  let before: Promise<void> = Promise.resolve()
  for await (const item of items) {
    if (isOver()) return
    const sent = send(item)
    // Both may fail at once, and only the first is waited for.
    sent.catch(() => undefined)
    await Promise.race([before, over])
    before = sent
  }
  await Promise.race([before, over])
}
