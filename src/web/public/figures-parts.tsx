/** The parts of the figures, each with its plots, and what it says while there is nothing to draw. */
import type { Figures } from '../../contract/figures.ts'
import type { Waiting } from '../../contract/procedure.ts'
import { Empty } from '../parts/empty.tsx'
import { Count } from './count.tsx'
import { Counted } from './counted.tsx'
import classes from './figures-page.module.css'
import { figure, ofHundred, overturnedTitle, percent } from './figures-words.ts'
import { OutcomesPlot } from './outcomes-plot.tsx'
import { OverturnedPlot } from './overturned-plot.tsx'
import { TakenPlot } from './taken-plot.tsx'
import { AnswersPlot, WaitsPlot } from './waits-plot.tsx'

interface Part {
  figures: Figures
}

export function WaitsPart({ figures: { waits } }: Part) {
  return (
    <section aria-labelledby="waits">
      <h2 id="waits">How long sellers wait</h2>
      {waits.answer.ended === 0 ? (
        <Empty>
          Nothing was answered in this time. How long each answer took stands here, against what is
          promised.
        </Empty>
      ) : (
        <>
          <div className={classes['pair']}>
            <AnswersPlot wait={waits.answer} />
            <WaitsPlot waits={waits} />
          </div>
          <Counted
            of="how long sellers wait"
            names={['waits.person', 'waits.takenUp', 'waits.answer']}
          />
        </>
      )}
    </section>
  )
}

export function MeasuresPart({ figures }: Part) {
  const { measures } = figures
  const named = measures.byPolicy.some(({ group }) => group !== null)
  return (
    <section aria-labelledby="wrong">
      <h2 id="wrong">How often we were wrong</h2>
      {measures.taken === 0 ? (
        <Empty>
          No measure was taken in this time. Where one is, it is counted here by its rule, with how
          often a second look found it wrong.
        </Empty>
      ) : (
        <>
          <div className={classes['pair']}>
            <OverturnedPlot
              title={overturnedTitle(figures)}
              note={
                named
                  ? `Overturned, of 100, by rule; the line is what is likely. ${figure(measures.taken)} measures`
                  : `Overturned, of 100; the line is what is likely. ${figure(measures.taken)} measures, by rules of which none took ten`
              }
              groups={measures.byPolicy}
            />
            <OverturnedPlot
              title={automationTitle(measures)}
              note="Overturned, of 100, by who decided and by what found them"
              groups={[...measures.byDecider, ...measures.byFinder]}
            />
          </div>
          <Counted
            of="how often we were wrong"
            names={[
              'measures.taken',
              'measures.contested',
              'measures.overturned',
              'measures.overturnedShare',
            ]}
          />
        </>
      )}
    </section>
  )
}

function automationTitle({ byDecider }: Figures['measures']): string {
  const of = (name: string) => byDecider.find(({ group }) => group === name)?.overturned.share
  const [machine, person] = [of('machine'), of('person')]
  if (typeof machine === 'number' && typeof person === 'number')
    return `Of 100 by machines ${ofHundred(machine)} were overturned, of 100 by people ${ofHundred(person)}`
  if (typeof machine === 'number') return 'Machines decided them, and people hardly any'
  if (typeof person === 'number') return 'People decided them, and machines hardly any'
  return 'Too few to tell machines and people apart'
}

/** What was taken beside what came of the appeals: the two that everybody asks for first. */
export function AppealsPart({ figures }: Part) {
  const { appeals, measures } = figures
  return (
    <div className={classes['pair']}>
      <section aria-labelledby="taken">
        <h2 id="taken">Taken, and taken back</h2>
        {measures.taken === 0 ? (
          <Empty>No measure was taken in this time.</Empty>
        ) : (
          <TakenPlot figures={figures} />
        )}
      </section>
      <section aria-labelledby="appeals">
        <h2 id="appeals">What came of appeals, and who decides</h2>
        {appeals.filed === 0 ? (
          <Empty>No appeal was filed in this time. What comes of each stands here.</Empty>
        ) : (
          <>
            <OutcomesPlot appeals={appeals} />
            <p className={classes['beside']}>
              {appeals.secondLooks === 0
                ? 'Nobody asked another desk for a second look. '
                : `${figure(appeals.secondLooks)} asked another desk for a second look; it lifted or narrowed ${figure(appeals.secondLooksChanged)}${
                    appeals.secondLooksOpen > 0
                      ? `, and ${figure(appeals.secondLooksOpen)} are open`
                      : ''
                  }. `}
              {appeals.oneLook > 0 && (
                <strong className={classes['red']}>
                  {figure(appeals.oneLook)} got one look and not two, because a desk was late.{' '}
                </strong>
              )}
              {appeals.oneLook === 0 && 'Nobody got one look in place of two. '}
              No machine says no.
            </p>
            <Counted
              of="what came of appeals"
              names={[
                'appeals.filed',
                'appeals.lifted',
                'appeals.narrowed',
                'appeals.stands',
                'appeals.withdrawn',
                'appeals.open',
                'appeals.byMachine',
                'appeals.byClock',
                'appeals.byPerson',
                'appeals.secondLooks',
                'appeals.secondLooksChanged',
                'appeals.oneLook',
              ]}
            />
          </>
        )}
      </section>
    </div>
  )
}

export function UnansweredPart({ figures: { calls }, waiting }: Part & { waiting: Waiting }) {
  const { overdue, beyondPerson, beyondAnswer, mailsHeld, mailsLate, notYetBack } = waiting
  return (
    <section aria-labelledby="unanswered">
      <h2 id="unanswered">What is unanswered</h2>
      <dl className={classes['small']}>
        <Count words="open cases are overdue at their desk" amount={overdue} isBad={overdue > 0} />
        <Count
          words="wait longer than promised for a desk that may decide"
          amount={beyondPerson}
          isBad={beyondPerson > 0}
        />
        <Count
          words="wait longer than promised for the answer"
          amount={beyondAnswer}
          isBad={beyondAnswer > 0}
        />
        <Count
          words={`${mailsLate === 1 ? 'mail waits' : 'mails wait'} longer than promised, of ${figure(mailsHeld)} that wait for a person`}
          amount={mailsLate}
          isBad={mailsLate > 0}
        />
        <Count words="given back, and not yet seen back in the shop" amount={notYetBack} />
        <Count
          words={`${calls.notMade === 1 ? 'call was' : 'calls were'} booked with us in the period and not made, of ${figure(calls.booked)}`}
          amount={calls.notMade}
          isBad={calls.notMade > 0}
        />
      </dl>
      <Counted
        of="what is unanswered"
        names={[
          'now.overdue',
          'now.beyondPerson',
          'now.beyondAnswer',
          'now.mailsHeld',
          'now.mailsLate',
          'now.notYetBack',
          'calls.booked',
          'calls.notMade',
        ]}
      />
    </section>
  )
}

export function SalesPart({ figures: { sales } }: Part) {
  return (
    <section aria-labelledby="sales">
      <h2 id="sales">Who sells here</h2>
      {sales.share === null ? (
        <Empty>No order was told in this time. The share that sellers sold stands here.</Empty>
      ) : (
        <p className="narrow-text">
          Third-party sellers sold {figure(sales.bySellers)} of {figure(sales.orders)} orders (
          {percent(sales.share)}
          {sales.before === null
            ? ''
            : `, after ${percent(sales.before)} in the time as long before`}
          ).
          {sales.byValue.length > 0 &&
            ` By what was paid: ${sales.byValue.map(({ currency, share }) => `${percent(share)} in ${currency}`).join(', ')}.`}
        </p>
      )}
      <Counted of="who sells here" names={['sales.orders', 'sales.bySellers', 'sales.byValue']} />
    </section>
  )
}
