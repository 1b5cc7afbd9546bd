/** What a seller's people choose themselves: the language of our notices, and whether a member hears of cases by mail. */
import { SegmentedControl, Switch } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Settings } from '../../contract/settings.ts'
import { Language, languageNames, languages } from '../../core/language.ts'
import { api, query, queryClient } from '../api.ts'
import { ProblemNote } from '../parts/problem-note.tsx'

/** Rows of the account page; nothing until they are loaded. */
export function SettingRows() {
  const settings = useQuery(query.seller.getSettings.queryOptions())
  const keep = (now: Settings) => queryClient.setQueryData(query.seller.getSettings.queryKey(), now)
  const language = useMutation({
    mutationFn: (language: Language) => api.seller.setLanguage({ language }),
    onSuccess: keep,
  })
  const hearing = useMutation({
    mutationFn: (hears: boolean) => api.seller.setHearing({ hears }),
    onSuccess: keep,
  })
  if (settings.data === undefined) return null
  const { mayChooseLanguage, mayChooseHearing, ...chosen } = settings.data
  const failed = language.error ?? hearing.error
  return (
    <>
      <div>
        <dt id="language">Our notices</dt>
        <dd>
          {mayChooseLanguage ? (
            <SegmentedControl
              aria-labelledby="language"
              value={chosen.language}
              disabled={language.isPending}
              onChange={(value) => {
                const parsed = Language.safeParse(value)
                if (parsed.success) language.mutate(parsed.data)
              }}
              data={languages.map((value) => ({ value, label: languageNames[value] }))}
            />
          ) : (
            languageNames[chosen.language]
          )}
          <p className="small second">
            Statements and mail come in this language, from the next one on. What people write stays
            as they wrote it, and these pages are in English for now.
          </p>
        </dd>
      </div>
      {mayChooseHearing && (
        <div>
          <dt>Mail to you</dt>
          <dd>
            <Switch
              checked={chosen.hears}
              disabled={hearing.isPending}
              onChange={({ currentTarget }) => hearing.mutate(currentTarget.checked)}
              label="Send me what is decided and asked"
            />
            <p className="small second">
              Statements, questions with a date, answers and outcomes of the matters that you were
              let into. No time begins to run by them: only the owner’s mail does that.
            </p>
          </dd>
        </div>
      )}
      {failed && <ProblemNote error={failed} safe="It is as it was before." />}
    </>
  )
}
