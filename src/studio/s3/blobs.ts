import type { FileHandle } from 'node:fs/promises'
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ulid } from 'ulid'

/** Where a blob's bytes are: a name made by us, so never a path from outside. */
export type BlobName = string

export interface BlobWriter {
  write(bytes: Buffer): Promise<void>
  /** Makes the bytes durable under a name. Nobody sees them until a row holds that name. */
  commit(): Promise<BlobName>
  /** Removes what was written. Safe after `commit`, where it does nothing. */
  discard(): Promise<void>
}

const drawerOf = (name: BlobName) => name.slice(-1)
const isBlobName = (text: string) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(text)
const drawers = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('')

/** Bytes gathered before one write: small chunks of the network cost a system call each otherwise. */
const gatherBytes = 512 * 1024

async function syncFolder(folder: string): Promise<void> {
  // Windows has no such call; there the rename itself is journaled.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The files behind objects and parts. Rows are the truth: a file that no row names is swept at the next start. */
export class Blobs {
  readonly #incoming: string
  readonly #folder: string

  constructor(folder: string) {
    this.#incoming = join(folder, 'incoming')
    this.#folder = join(folder, 'blobs')
  }

  async open(): Promise<void> {
    await mkdir(this.#incoming, { recursive: true })
    for (const drawer of drawers) await mkdir(join(this.#folder, drawer), { recursive: true })
  }

  /** Removes unfinished files and those that `isKnown` denies. Returns the sizes of the rest. */
  async sweep(isKnown: (name: BlobName) => boolean): Promise<Map<BlobName, number>> {
    for (const name of await readdir(this.#incoming)) await rm(join(this.#incoming, name), { force: true })
    const sizes = new Map<BlobName, number>()
    for (const drawer of drawers) {
      for (const name of await readdir(join(this.#folder, drawer))) {
        const path = join(this.#folder, drawer, name)
        if (isBlobName(name) && isKnown(name)) sizes.set(name, (await stat(path)).size)
        else await rm(path, { force: true, recursive: true })
      }
    }
    return sizes
  }

  pathOf(name: BlobName): string {
    return join(this.#folder, drawerOf(name), name)
  }

  async create(): Promise<BlobWriter> {
    const name = ulid()
    const temporary = join(this.#incoming, name)
    const handle = await open(temporary, 'wx')
    return new FileWriter(handle, temporary, this.pathOf(name), name)
  }

  /** A blob with the content of a file, which stays where it is. */
  async copyFrom(path: string): Promise<BlobName> {
    const name = ulid()
    const temporary = join(this.#incoming, name)
    await copyFile(path, temporary)
    const handle = await open(temporary, 'r+')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, this.pathOf(name))
    await syncFolder(join(this.#folder, drawerOf(name)))
    return name
  }

  /** Call after the rows that named them are gone. */
  async remove(names: Iterable<BlobName>): Promise<void> {
    for (const name of names) await rm(this.pathOf(name), { force: true })
  }
}

class FileWriter implements BlobWriter {
  readonly #handle: FileHandle
  readonly #temporary: string
  readonly #final: string
  readonly #name: BlobName
  #gathered: Buffer[] = []
  #gatheredBytes = 0
  #state: 'open' | 'closed' = 'open'

  constructor(handle: FileHandle, temporary: string, final: string, name: BlobName) {
    this.#handle = handle
    this.#temporary = temporary
    this.#final = final
    this.#name = name
  }

  async write(bytes: Buffer): Promise<void> {
    this.#gathered.push(bytes)
    this.#gatheredBytes += bytes.length
    if (this.#gatheredBytes >= gatherBytes) await this.#flush()
  }

  async #flush(): Promise<void> {
    const buffers = this.#gathered
    const bytes = this.#gatheredBytes
    this.#gathered = []
    this.#gatheredBytes = 0
    if (bytes === 0) return
    const { bytesWritten } = await this.#handle.writev(buffers)
    if (bytesWritten === bytes) return
    // A short write (a full disk, mostly): the rest goes one buffer after the other, which throws where it cannot.
    const rest = Buffer.concat(buffers).subarray(bytesWritten)
    await this.#handle.appendFile(rest)
  }

  async commit(): Promise<BlobName> {
    await this.#flush()
    await this.#handle.sync()
    this.#state = 'closed'
    await this.#handle.close()
    await rename(this.#temporary, this.#final)
    await syncFolder(join(this.#final, '..'))
    return this.#name
  }

  async discard(): Promise<void> {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    await this.#handle.close()
    await rm(this.#temporary, { force: true })
  }
}
