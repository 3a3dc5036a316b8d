import { randomBytes, scrypt } from 'node:crypto'

const keyBytes = 32

function derived(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyBytes, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
}

/** What is stored in place of a password: salt and key in hexadecimal. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `${salt.toString('hex')}:${(await derived(password, salt)).toString('hex')}`
}

export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [salt = '', key = ''] = (stored ?? '').split(':')
  if (salt === '' || key === '') return false
  return (await derived(password, Buffer.from(salt, 'hex'))).toString('hex') === key
}
