import { expect, test } from 'vitest'
import { maskPolicy, world } from '../../test/world.ts'
import { fileAppeal } from './appeal.ts'
import { readSellerCase } from './case-view.ts'

test('what a policy asks for is shown with an appeal, told apart by its form, and never needed', async () => {
  const exhibits = [
    { exhibit: 'number', title: 'Approval number', says: 'On it.', kind: 'words', form: 'TC-\\d+' },
    { exhibit: 'photo', title: 'Photo of the label', says: 'Of it.', kind: 'file' },
  ] as const
  await using w = await world({ policies: [{ ...maskPolicy, exhibits: [...exhibits] }] })
  const { seller, decisionId, measure } = await w.removedListing()
  expect(measure.statement.exhibits).toEqual(exhibits)
  const show = (shown: { exhibit: string; words?: string }[]) =>
    fileAppeal(
      w.app,
      seller,
      {
        objections: [
          {
            decisionId,
            track: 'dispute' as const,
            text: 'It is clay.',
            remedy: null,
            exhibits: shown.map((one) => ({ words: null, fileIds: [], ...one })),
          },
        ],
        fileIds: [],
      },
      null,
    )
  expect(await show([{ exhibit: 'passport', words: 'x' }])).toMatchObject({
    refusal: 'exhibit_not_asked',
  })
  expect(
    await show([
      { exhibit: 'number', words: 'TC-84' },
      { exhibit: 'number', words: 'TC-85' },
    ]),
  ).toMatchObject({ refusal: 'exhibit_not_asked' })
  // A number of another form arrives all the same; what was left empty is left out.
  const filed = await show([{ exhibit: 'number', words: ' 84 A ' }, { exhibit: 'photo' }])
  if (!filed.ok) throw new Error(filed.refusal)
  const read = await readSellerCase(w.app, seller, filed.value.caseId)
  expect(read.ok && read.value.case.objections[0]?.exhibits).toEqual([
    { exhibit: 'number', title: 'Approval number', words: '84 A', fits: false, fileIds: [] },
  ])
})
