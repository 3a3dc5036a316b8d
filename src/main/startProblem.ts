import { AppError } from '../shared/errors.ts'
import { redact } from './log/redact.ts'

/** Why the app cannot open its window, in words for the person in front of it. */
export function startProblem(error: unknown): string {
  if (error instanceof AppError) {
    if (error.code === 'database.newer') {
      return 'This profile was last used by a newer version of Rushes. Nothing was changed. Install the newest version to go on.'
    }
    if (error.code === 'database.unavailable') {
      return 'The saved state of this profile cannot be opened: another program holds it, or its folder may not be written. Nothing was changed. Close the other program, or check the folder, then open Rushes again.'
    }
    if (error.code === 'database.full')
      return 'The disk is full. Nothing is lost. Free some space and open Rushes again.'
  }
  const text = error instanceof Error ? error.message : String(error)
  return `Your files and uploads are untouched. Please send this line to support: ${redact(text)}`
}
