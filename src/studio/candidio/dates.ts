/** `2016-04-04 07:28:30`, in UTC. */
export const dateText = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ')

export const dateTextOrNull = (time: number | null): string | null => (time === null ? null : dateText(time))
