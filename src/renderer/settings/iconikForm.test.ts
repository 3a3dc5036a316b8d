import { expect, test } from 'vitest'
import { connectionInputSchema } from '../../shared/connection.ts'
import { emptyIconikForm, iconikInput, iconikProblems, regionOf, regions } from './iconikForm.ts'

test('an address means its region, and any other is one of its own', () => {
  expect(regionOf(emptyIconikForm.address)).toBe('us')
  expect(regionOf(`${regions.eu}/`)).toBe('eu')
  expect([regionOf('https://iconik.north.example'), regionOf(''), regionOf('eu.iconik.io')]).toEqual([
    'own',
    'own',
    'own',
  ])
})

test('a share goes where its link points, with the App ID only where one was typed', () => {
  const form = {
    ...emptyIconikForm,
    kind: 'share' as const,
    name: 'Dailies',
    link: 'https://eu.iconik.io/share/assets/1/?hash=2',
  }
  expect(iconikProblems(form)).toEqual({})
  expect(iconikInput(form)).toMatchObject({ address: 'https://eu.iconik.io', signIn: { kind: 'share' } })
  expect(iconikInput(form)).not.toHaveProperty('signIn.appId')
  const named = iconikInput({ ...form, appId: ' app-1 ' })
  expect(named).toMatchObject({ signIn: { appId: 'app-1' } })
  expect(connectionInputSchema.safeParse(named).success).toBe(true)
})
