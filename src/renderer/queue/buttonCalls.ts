import type { Transfer } from '../../shared/transfer.ts'
import { useConnection } from '../shell/appStore.ts'
import { useOverlays } from '../shell/overlayStore.ts'
import { command } from './transferStore.ts'
import type { TransferButton } from './transferWords.ts'

const calls = {
  pause: 'transfers.pause',
  resume: 'transfers.resume',
  tryNow: 'transfers.retry',
  startAgain: 'transfers.retry',
  sendFirst: 'transfers.sendFirst',
} as const satisfies Record<Exclude<TransferButton, 'signIn'>, Parameters<typeof command>[0]>

/** Does what the button says. */
export function press(button: TransferButton, transfer: Transfer): void {
  if (button === 'signIn') useOverlays.setState({ signInTo: transfer.destination.connectionId })
  else void command(calls[button], [transfer.id])
}

/** Whether the connection a transfer goes to is an account: the studio signs itself in. */
export const useCanSignIn = (transfer: Transfer): boolean =>
  useConnection(transfer.destination.connectionId)?.isStudio === false
