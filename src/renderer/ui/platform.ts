/** Which keys and window buttons this system has; known before the first answer from main. */
export const isMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Macintosh')
