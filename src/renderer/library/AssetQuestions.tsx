import { ApprovalDialog } from '../approvals/ApprovalDialog.tsx'
import { NameDialog } from '../forms/NameDialog.tsx'
import { FirstNumberDialog } from '../review/FirstNumberDialog.tsx'
import { AllSharesDialog } from '../sharing/AllSharesDialog.tsx'
import { ShareDialog } from '../sharing/ShareDialog.tsx'
import { text } from '../text/text.ts'
import { Question } from '../ui/Dialog.tsx'
import {
  type AssetQuestion,
  answered,
  askFirst,
  createFolder,
  purge,
  purgePlace,
  removePlace,
  renameAsset,
  renamePlace,
  useAssetQuestion,
} from './assetCommands.ts'
import { clearVotes } from './chosenVotes.ts'

/** Whatever has to be asked before something is done with assets and places. */
export function AssetQuestions() {
  const asked = useAssetQuestion((question) => question.asked)
  return asked === null ? null : <Asked asked={asked} />
}

function Asked({ asked }: { readonly asked: AssetQuestion }) {
  const words = text.library
  switch (asked.kind) {
    case 'renameAsset':
      return (
        <NameDialog
          title={words.renameTitle(asked.asset.name)}
          label={words.newName}
          start={asked.asset.name}
          action={words.rename}
          onName={(name) => renameAsset(asked.asset, name)}
          onClose={answered}
        />
      )
    case 'renamePlace':
      return (
        <NameDialog
          title={words.renameTitle(asked.place.name)}
          label={words.newName}
          start={asked.place.name}
          action={words.rename}
          onName={(name) => renamePlace(asked.place, name)}
          onClose={answered}
        />
      )
    case 'firstNumber':
      return <FirstNumberDialog asset={asked.asset} onClose={answered} />
    case 'newFolder':
      return (
        <NameDialog
          title={words.newFolderTitle(asked.parent.name)}
          label={words.folderName}
          start=""
          action={words.create}
          onName={(name) => createFolder(asked.parent, name)}
          onClose={answered}
        />
      )
    case 'removePlace':
      return (
        <Question
          title={words.removePlaceTitle(asked.place.name)}
          more={words.removePlaceMore}
          keep={words.keep}
          act={words.removePlace}
          onKeep={answered}
          onAct={() => {
            answered()
            void removePlace(asked.place)
          }}
        />
      )
    case 'purge':
      return (
        <Question
          key={String(asked.isSure)}
          title={asked.isSure ? words.purgeSureTitle : words.purgeTitle(asked.ids.length)}
          more={asked.isSure ? words.purgeSureMore(asked.ids.length) : words.purgeMore}
          keep={words.keep}
          act={asked.isSure ? words.purgeNow : words.purgeGoOn}
          onKeep={answered}
          onAct={() => (asked.isSure ? void purge(asked.ids) : askFirst({ ...asked, isSure: true }))}
        />
      )
    case 'purgePlace':
      return (
        <Question
          key={String(asked.isSure)}
          title={asked.isSure ? words.purgeSureTitle : words.purgePlaceTitle(asked.place.name)}
          more={asked.isSure ? words.purgePlaceSureMore(asked.place.name) : words.purgePlaceMore}
          keep={words.keep}
          act={asked.isSure ? words.purgeNow : words.purgeGoOn}
          onKeep={answered}
          onAct={() => {
            if (!asked.isSure) {
              askFirst({ ...asked, isSure: true })
              return
            }
            answered()
            void purgePlace(asked.place)
          }}
        />
      )
    case 'clearVotes':
      return (
        <Question
          title={text.approvals.clearTitle(asked.ids.length)}
          more={text.approvals[asked.isLocal ? 'clearLocalMore' : 'clearMore'](asked.ids.length)}
          keep={words.keep}
          act={text.approvals.clear}
          onKeep={answered}
          onAct={() => void clearVotes(asked.ids)}
        />
      )
    case 'share':
      return (
        <ShareDialog
          connectionId={asked.connectionId}
          targets={asked.targets}
          name={asked.name}
          onClose={answered}
        />
      )
    case 'allShares':
      return <AllSharesDialog connectionId={asked.connectionId} onClose={answered} />
    case 'requestApproval':
      return <ApprovalDialog versionIds={asked.versionIds} name={asked.name} onClose={answered} />
  }
}
