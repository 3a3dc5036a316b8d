import { z } from 'zod'

/** Text of a ULID: 26 characters of Crockford's base 32, as made by the `ulid` package. */
const ulidText = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)

export const connectionIdSchema = ulidText.brand<'ConnectionId'>()
export const placeIdSchema = ulidText.brand<'PlaceId'>()
export const assetIdSchema = ulidText.brand<'AssetId'>()
export const versionIdSchema = ulidText.brand<'VersionId'>()
export const commentIdSchema = ulidText.brand<'CommentId'>()
/** A file or folder the user dropped or chose. Stands for a path that only main and the transfer host know. */
export const grantIdSchema = ulidText.brand<'GrantId'>()
/** One drop: the files found under its grants, before they are sent. */
export const scanIdSchema = ulidText.brand<'ScanId'>()
/** One file on disk that one or more transfers read. */
export const sourceIdSchema = ulidText.brand<'SourceId'>()
export const transferIdSchema = ulidText.brand<'TransferId'>()
/** All transfers that were sent by one drop. */
export const batchIdSchema = ulidText.brand<'BatchId'>()
export const operationIdSchema = ulidText.brand<'OperationId'>()
export const playlistIdSchema = ulidText.brand<'PlaylistId'>()
/** One place in a playlist: the same version may stand in it more than once. */
export const entryIdSchema = ulidText.brand<'EntryId'>()

export type ConnectionId = z.infer<typeof connectionIdSchema>
export type PlaceId = z.infer<typeof placeIdSchema>
export type AssetId = z.infer<typeof assetIdSchema>
export type VersionId = z.infer<typeof versionIdSchema>
export type CommentId = z.infer<typeof commentIdSchema>
export type GrantId = z.infer<typeof grantIdSchema>
export type ScanId = z.infer<typeof scanIdSchema>
export type SourceId = z.infer<typeof sourceIdSchema>
export type TransferId = z.infer<typeof transferIdSchema>
export type BatchId = z.infer<typeof batchIdSchema>
export type OperationId = z.infer<typeof operationIdSchema>
export type PlaylistId = z.infer<typeof playlistIdSchema>
export type EntryId = z.infer<typeof entryIdSchema>
