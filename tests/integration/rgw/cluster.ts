import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import type { StorageAccess } from '../../../src/main/transfers/hostContract.ts'
import { ask, type Daemon, freePorts, startDaemon, until } from './daemon.ts'

/** A request that the gateway answered, as its log has it. */
export interface RgwRequest {
  /** When it came in, epoch milliseconds. */
  readonly time: number
  readonly method: string
  readonly key: string
  readonly query: URLSearchParams
  readonly status: number
}

export interface RgwCluster {
  readonly version: string
  readonly storage: StorageAccess & { readonly endpoint: string }
  /** A client of our own, which the caller destroys. */
  s3(): S3Client
  requests(): RgwRequest[]
  stop(): Promise<void>
}

const bucket = 'footage'
const keys = { accessKeyId: 'RUSHESTESTKEY', secretAccessKey: 'rushes-test-secret' }
const memory = 2 * 2 ** 30

/** One monitor, one storage daemon that keeps everything in memory, one gateway; nobody has to log in among them. */
function settings(folder: string, monitor: string, fsid: string, port: number): string {
  return `[global]
fsid = ${fsid}
mon_host = ${monitor}
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_ipv6 = false
ms_bind_msgr1 = false
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
auth_supported = none
ms_mon_client_mode = crc
ms_mon_cluster_mode = crc
ms_mon_service_mode = crc
ms_client_mode = crc
ms_cluster_mode = crc
ms_service_mode = crc
run_dir = ${folder}
admin_socket = ${folder}/$name.$pid.asok
crash_dir = ${folder}
log_file = ${folder}/$name.log
log_to_stderr = false
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 4
osd_pool_default_pgp_num = 4
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
mon_data_avail_warn = 1
mon_data_avail_crit = 0
debug_rgw = 1/1
[mon.a]
mon_data = ${folder}/mon
[osd.0]
host = localhost
osd_data = ${folder}/osd
osd_journal = ${folder}/osd/journal
osd_objectstore = memstore
memstore_device_bytes = ${memory}
[client.rgw.a]
rgw_data = ${folder}/rgw
rgw_frontends = beast endpoint=127.0.0.1:${port}
rgw_thread_pool_size = 32
rgw_gc_obj_min_wait = 1
rgw_gc_processor_period = 5
`
}

/** Starts a Ceph of one node with an object gateway and an empty bucket. Whoever starts it stops it. */
export async function startCluster(): Promise<RgwCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'rushes-rgw-'))
  const daemons: Daemon[] = []
  const stop = async () => {
    for (const daemon of daemons.toReversed()) await daemon.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    return { ...(await start(folder, daemons)), stop }
  } catch (error) {
    const logs = readdirSync(folder).filter((name) => name.endsWith('.log'))
    const said = logs.map((name) => `${name}:\n${readFileSync(join(folder, name), 'utf8').slice(-2000)}`)
    await stop()
    throw new Error(`Ceph did not start.\n${said.join('\n')}`, { cause: error })
  }
}

async function start(folder: string, daemons: Daemon[]): Promise<Omit<RgwCluster, 'stop'>> {
  for (const name of ['mon', 'osd', 'rgw']) mkdirSync(join(folder, name))
  const [monitorPort = 0, port = 0] = await freePorts(2)
  const fsid = randomUUID()
  const monitor = `[v2:127.0.0.1:${monitorPort}]`
  const file = join(folder, 'ceph.conf')
  writeFileSync(file, settings(folder, monitor, fsid, port))
  const conf = ['-c', file]
  const ceph = (...args: string[]) => ask('ceph', ...conf, '--connect-timeout', '20', ...args)

  const map = join(folder, 'monmap')
  await ask('monmaptool', '--create', '--addv', 'a', monitor, '--fsid', fsid, map)
  await ask('ceph-mon', ...conf, '-i', 'a', '--mkfs', '--monmap', map)
  daemons.push(startDaemon('ceph-mon', [...conf, '-i', 'a', '-f']))
  await until('the monitor answers', async () => (await ceph('mon', 'stat')) !== '', daemons)

  const osd = randomUUID()
  await ceph('osd', 'new', osd, '0')
  await ask('ceph-osd', ...conf, '-i', '0', '--mkfs', '--osd-uuid', osd)
  daemons.push(startDaemon('ceph-osd', [...conf, '-i', '0', '-f']))
  await until('the storage is up', async () => (await ceph('osd', 'stat')).includes('1 up'), daemons)

  const gateway = ['-n', 'client.rgw.a']
  const user = ['--uid=rushes', '--display-name=Rushes', `--access-key=${keys.accessKeyId}`]
  await ask(
    'radosgw-admin',
    ...conf,
    ...gateway,
    'user',
    'create',
    ...user,
    `--secret-key=${keys.secretAccessKey}`,
  )
  daemons.push(startDaemon('radosgw', [...conf, ...gateway, '-f']))
  const endpoint = `http://127.0.0.1:${port}`
  await until('the gateway answers', async () => (await fetch(endpoint)).ok, daemons)

  const storage = { endpoint, region: 'us-east-1', bucket, prefix: '', forcePathStyle: true, ...keys }
  const s3 = () =>
    new S3Client({
      endpoint,
      region: storage.region,
      forcePathStyle: true,
      credentials: keys,
      maxAttempts: 1,
    })
  const maker = s3()
  await maker.send(new CreateBucketCommand({ Bucket: bucket }))
  maker.destroy()
  return {
    version: (await ask('radosgw', '--version')).trim(),
    storage,
    s3,
    requests: () => readRequests(readFileSync(join(folder, 'client.rgw.a.log'), 'utf8')),
  }
}

const accessLine =
  /beast: \S+ \S+ - \S+ \[(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d\.\d{3})\d* ([+-]\d{4})\] "(\S+) (\S+) HTTP\/[\d.]+" (\d{3}) /

function readRequests(log: string): RgwRequest[] {
  return log.split('\n').flatMap((line) => {
    const [, day, month, year, time, zone, method = '', target = '', status] = accessLine.exec(line) ?? []
    if (status === undefined) return []
    const url = new URL(target, 'http://127.0.0.1')
    return {
      time: Date.parse(`${day} ${month} ${year} ${time} ${zone}`),
      method,
      key: decodeURIComponent(url.pathname).slice(`/${bucket}/`.length),
      query: url.searchParams,
      status: Number(status),
    }
  })
}
