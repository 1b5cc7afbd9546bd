/** Every kind of notice in every language, as the mail looks, with values that are made up. */
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { TemplateExample } from '../../contract/template.ts'
import { Language } from '../../core/language.ts'
import { noticeKinds, noticeNames, type NoticeKind } from '../../core/notice.ts'
import { query } from '../api.ts'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import pageStyles from './page.module.css'
import { StaffPage } from './staff-page.tsx'
import styles from './templates.module.css'

/** The page at `/desk/templates`. */
export function TemplatesPage() {
  return <StaffPage>{() => <Templates />}</StaffPage>
}

function Templates() {
  const { kind = noticeKinds[0], language = 'en' } = useSearch({ strict: false })
  const navigate = useNavigate()
  const found = useQuery(query.templates.list.queryOptions())
  return (
    <div className={pageStyles.page}>
      <Pending of={found} what="the notices" isPage>
        {({ templates, languages }) => (
          <>
            <PageTitle tab="Notices">
              {templates.length} kinds of notice, each as its readers get it. The names and numbers
              are made up.
            </PageTitle>
            <div className={styles['languages']}>
              <span id="language">Language of sellers</span>
              <SegmentedControl
                aria-labelledby="language"
                value={language}
                onChange={(value) => {
                  const parsed = Language.safeParse(value)
                  if (parsed.success)
                    void navigate({
                      to: '/desk/templates',
                      search: { kind, language: parsed.data },
                    })
                }}
                data={languages.map((one) => ({ value: one.language, label: one.name }))}
              />
            </div>
            <div className={styles['columns']}>
              <nav aria-label="Kinds of notice">
                <ul className={styles['kinds']}>
                  {templates.map((template) => (
                    <li key={template.kind}>
                      <Link
                        to="/desk/templates"
                        search={{ kind: template.kind, language }}
                        {...(template.kind === kind && { 'aria-current': 'page' })}
                      >
                        {template.name}
                        {template.examples > 1 && (
                          <span className="third"> {template.examples}</span>
                        )}
                      </Link>
                    </li>
                  ))}
                </ul>
              </nav>
              <Examples kind={kind} language={language} />
            </div>
          </>
        )}
      </Pending>
    </div>
  )
}

function Examples({ kind, language }: { kind: NoticeKind; language: Language }) {
  const found = useQuery(query.templates.get.queryOptions({ input: { kind, language } }))
  return (
    <section aria-labelledby="examples" className={styles['examples']}>
      <h2 id="examples">{noticeNames[kind]}</h2>
      <Pending of={found} what="this notice">
        {({ examples }) => examples.map((example, place) => <Example key={place} {...example} />)}
      </Pending>
    </section>
  )
}

/** One mail: its subject, as it looks in a frame that runs nothing, and the same as text. */
function Example({ about, language, subject, text, page }: TemplateExample) {
  return (
    <article>
      <p className="third">{about === '' ? 'Subject' : `Subject, ${about}`}</p>
      <h3 lang={language}>{subject}</h3>
      <iframe
        className={styles['frame']}
        title={`The mail “${subject}”`}
        sandbox=""
        src={page}
        lang={language}
      />
      <details>
        <summary>The same as text</summary>
        <pre lang={language} tabIndex={0}>
          {text}
        </pre>
      </details>
    </article>
  )
}
