type Subscribe = (listener: () => void) => () => void

/** The same news, the first at once and then at most one each `pauseMs`; the last is never lost. */
export const paced =
  (subscribe: Subscribe, pauseMs: number): Subscribe =>
  (listener) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isMore = false
    const tell = () => {
      isMore = false
      timer = setTimeout(() => {
        timer = undefined
        if (isMore) tell()
      }, pauseMs)
      listener()
    }
    const stop = subscribe(() => {
      if (timer === undefined) tell()
      else isMore = true
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }
