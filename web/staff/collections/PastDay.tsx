// A past day by what was known then: what would have gone out and who would have been left out, each beside what they were told.

import { Accordion, Alert, Badge, Drawer, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { listPastReminders, reviewPastDay, startPastCount } from '#collections/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { countText, dayWords, momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { heading } from '../../lib/words.ts';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { PlannedRow } from './PlannedRow.tsx';
import { CHANNEL_WORDS, keyOf, type Past, reasonWords } from './plan-words.ts';
import { PastPreview } from './ReminderPreview.tsx';

type OfCompany = Reply<typeof reviewPastDay>['rows'][number];
type Told = Past['told'][number];

export function PastDay({ on }: { readonly on: string }) {
  const review = useReview(on);
  const pages = usePages(listPastReminders, { query: { on } });
  const [looking, setLooking] = useState<Past | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const rows = rowsOf(pages.data);
  return (
    <Stack>
      <Shown read={review}>
        {({ rows: companies }) => (
          <Stack>
            {companies.map((company) => (
              <CompanyDay key={company.companyId} company={company} on={on} />
            ))}
          </Stack>
        )}
      </Shown>
      <Shown read={pages}>
        {() =>
          rows.length === 0 ? (
            <Panel>
              <Empty title={`Nothing was to be said on ${dayWords(on)}`}>
                By what was known then, no open item had reached a step that was not said before.
              </Empty>
            </Panel>
          ) : (
            <>
              <Accordion variant="separated" value={opened} onChange={setOpened}>
                {rows.map((row) => (
                  <PlannedRow
                    key={keyOf(row)}
                    row={row}
                    isPast
                    mark={<Verdict row={row} />}
                    onLook={() => setLooking(row)}
                  >
                    <WasTold row={row} />
                  </PlannedRow>
                ))}
              </Accordion>
              <ShowMore pages={pages} />
            </>
          )
        }
      </Shown>
      <Drawer
        opened={looking !== null}
        onClose={() => setLooking(null)}
        position="right"
        size="lg"
        title="As it would have been sent"
      >
        {looking ? <PastPreview row={looking} on={on} /> : null}
      </Drawer>
    </Stack>
  );
}

const COUNTING_MS = 2_000;

/** What the day comes to; of many customers it has it counted, and is read again until it is. */
function useReview(on: string) {
  const review = useRead(
    reviewPastDay,
    { query: { on } },
    { refreshMs: (last) => (last?.rows.some(({ state }) => state === 'counting') ? COUNTING_MS : false) },
  );
  const { mutate } = useCommand(startPastCount);
  const mayCount = useMay('reminder.send');
  const isToCount =
    mayCount &&
    !review.isPlaceholderData &&
    (review.data?.rows.some(({ state }) => state === 'to_count') ?? false);
  useEffect(() => {
    if (isToCount) mutate({ body: { on } });
  }, [isToCount, mutate, on]);
  return review;
}

/** What the day comes to with one company, and by whose knowledge. */
function CompanyDay({ company, on }: { readonly company: OfCompany; readonly on: string }) {
  const { said, leftOut, same, differing, keptSince } = company;
  return (
    <Panel title={`${company.companyCode}, ${dayWords(on)}`}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {company.runId === null
            ? `No run began that day, so this is what was known at its end, ${momentWords(company.knownAt)}.`
            : `By what was known right before the first run of that day began, ${momentWords(company.knownAt)}.`}
        </Text>
        {keptSince !== null && company.knownAt < keptSince ? (
          <Alert color="yellow" variant="light" title="Some of this is from later">
            Contacts, addresses, tags, ways of delivery and steps that were given back are kept since{' '}
            {momentWords(keptSince)}. Of the time before, this day goes by what they were then. What was open,
            promised, disputed or on hold is exactly what was known.
          </Alert>
        ) : null}
        {company.state === 'counted' ? null : (
          <Text size="sm" role="status">
            {company.state === 'counting'
              ? `Counting: ${countText(company.looked)} customers so far. The list below is there already.`
              : `Of the first ${countText(company.looked)} customers. All are counted once somebody who sends reminders looks at this day.`}
          </Text>
        )}
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <div>
            <Text size="sm" c="dimmed">
              Would have gone out
            </Text>
            <Text fw={700}>
              {countText(said.messages)} {said.messages === 1 ? 'message' : 'messages'}
            </Text>
            <Text size="sm" c="dimmed">
              to {countText(said.customers)} {said.customers === 1 ? 'customer' : 'customers'} about{' '}
              {countText(said.items)} {said.items === 1 ? 'invoice' : 'invoices'}
            </Text>
          </div>
          <div>
            <Text size="sm" c="dimmed">
              Left out
            </Text>
            {leftOut.length === 0 ? <Text size="sm">nobody</Text> : null}
            {leftOut.map(({ reason, items }) => (
              <Text key={reason} size="sm">
                {countText(items)} {reasonWords(reason)}
              </Text>
            ))}
          </div>
          <div>
            <Text size="sm" c="dimmed">
              What they were told that day
            </Text>
            <Text size="sm">
              {countText(same)} {same === 1 ? 'customer' : 'customers'} just that
            </Text>
            <Text size="sm" className={differing > 0 ? 'late' : undefined}>
              {countText(differing)} something else, or nothing
            </Text>
          </div>
        </SimpleGrid>
      </Stack>
    </Panel>
  );
}

function Verdict({ row }: { readonly row: Past }) {
  if (row.differences.length > 0)
    return (
      <Badge color="yellow" variant="light">
        told otherwise
      </Badge>
    );
  return row.phase ? (
    <Badge color="teal" variant="light">
      told just that
    </Badge>
  ) : null;
}

const WHY: Readonly<Record<Past['differences'][number]['why'], string>> = {
  not_said: 'no run of that day said it',
  left_out: 'left out as the message left',
  other_step: 'another step was said',
  other_recipient: 'said, to where the customer was reached when it left',
  not_sent: 'the message was dropped, or nobody took it over',
  not_left: 'the message has not left yet',
  left_later: 'the message left only when the day was over',
  approved_later: 'waited for a person, who let it go later',
  said_later: 'said by a later run of that day',
  said_besides: 'said, though what was known before the run does not ask for it',
};

/** The messages of that day, and where they differ. */
function WasTold({ row }: { readonly row: Past }) {
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        The messages for that day
      </Text>
      {row.told.length === 0 ? <Text size="sm">No message.</Text> : null}
      {row.told.map((message) => (
        <ToldMessage key={message.messageId} message={message} />
      ))}
      {row.differences.map((one) => (
        <Text key={`${one.itemId} ${one.why}`} size="sm" className="late">
          {one.reference}: {WHY[one.why]}
          {one.reason ? ` (${reasonWords(one.reason)})` : ''}
        </Text>
      ))}
    </Stack>
  );
}

function ToldMessage({ message }: { readonly message: Told }) {
  const said = message.items.filter(({ leftOut }) => leftOut === null);
  return (
    <Group gap="xs">
      <Text size="sm" component="span">
        <TenantLink to={`outbox/${message.messageId}`}>
          {CHANNEL_WORDS[message.channel] ?? message.channel} to {message.recipient}
        </TenantLink>
      </Text>
      <Badge color="gray" variant="light">
        {heading(message.state)}
      </Badge>
      <Text size="sm" c="dimmed">
        {said.length === 0
          ? 'nothing was left to say'
          : said.map(({ reference, step }) => `${reference}, step ${step}`).join('; ')}
        {' · '}
        run of {momentWords(message.runStartedAt)}
        {message.leftAt === null ? '' : `, left ${momentWords(message.leftAt)}`}
      </Text>
    </Group>
  );
}
