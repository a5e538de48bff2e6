// One hand-over: its items then and now, what was looked at, what became of it; news and the recall.

import {
  Badge,
  Button,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import {
  downloadHandOver,
  downloadHandOverRows,
  getHandOver,
  NEWS_STATUSES,
  recallHandOver,
  recordHandOverNews,
} from '#escalation/contract.ts';
import { me } from '#identity/contract.ts';
import { usePathPart } from '../../lib/address.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { dayWords } from '../../lib/format.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { History } from '../../ui/History.tsx';
import { Money } from '../../ui/Money.tsx';
import { Page, Panel, Shown } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { Conditions } from './Conditions.tsx';
import { EvidencePacks } from './EvidencePacks.tsx';
import { type HandOver, statusWords } from './escalation-words.ts';

export default function HandOverPage() {
  const handOverId = usePathPart('handOverId');
  const read = useRead(getHandOver, { params: { handOverId } });
  return <Shown read={read}>{(found) => <HandOverShown found={found} />}</Shown>;
}

function HandOverShown({ found }: { readonly found: HandOver }) {
  const [dialog, setDialog] = useState<'news' | 'recall' | null>(null);
  const params = { handOverId: found.handOverId };
  return (
    <Page
      title={`Hand-over ${found.number}`}
      subtitle={
        <Group gap="xs">
          <TenantLink to={`customers/${found.customer.id}?tab=escalation`}>{found.customer.name}</TenantLink>
          <span>· {found.agency?.name ?? 'court'}</span>
          <Badge color={found.isStanding ? 'orange' : 'gray'} variant="light">
            {found.isStanding ? 'with them' : 'ended'}
          </Badge>
        </Group>
      }
      actions={
        <>
          {found.may.tell === true ? (
            <Button variant="default" onClick={() => setDialog('news')}>
              Add news
            </Button>
          ) : null}
          {found.may.recall === true ? (
            <Button variant="default" onClick={() => setDialog('recall')}>
              Recall
            </Button>
          ) : null}
        </>
      }
    >
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure label="Handed over" note={`${dayWords(found.handedOn)} by ${found.handedBy}`}>
          <Money value={found.handed} />
        </Figure>
        <Figure label="Open of it">
          <Money value={found.open} />
        </Figure>
        <Figure label="Interest">{found.interest === 'goes_on' ? 'goes on' : 'cut off'}</Figure>
        <Figure label="Last news">{found.status ? statusWords(found.status) : 'none'}</Figure>
      </SimpleGrid>
      <Panel title="Items">
        <Items found={found} />
        <Group mt="md">
          <SaveButton label="As CSV" operation={downloadHandOverRows} input={{ params }} />
          <SaveButton label="As JSON" operation={downloadHandOver} input={{ params }} />
        </Group>
      </Panel>
      <Panel title="Everything for them">
        <EvidencePacks
          subject={params}
          says="One archive (.zip): the claim as CSV and JSON, and the evidence of its invoices, all listed with checksums. Each is kept for ten years as it was made, so that what they were given can be fetched again."
        />
      </Panel>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel title="What was looked at">
          <Stack>
            <Conditions conditions={found.conditions} />
            {found.note ? <Text size="sm">{found.note}</Text> : null}
          </Stack>
        </Panel>
        <Panel title="What became of it">
          {found.news.length === 0 ? (
            <Text size="sm" c="dimmed">
              No news yet.
            </Text>
          ) : (
            <History
              entries={found.news.toReversed().map((news) => ({
                key: news.newsId,
                title: [statusWords(news.status), news.invoice, news.reference].filter(Boolean).join(' · '),
                when: `${dayWords(news.on)} · ${news.by}`,
                children: (
                  <Text size="sm">
                    {news.note} {news.fee ? <Money value={news.fee} /> : null}
                  </Text>
                ),
              }))}
            />
          )}
        </Panel>
      </SimpleGrid>
      {dialog === 'news' ? <NewsDialog found={found} onClose={() => setDialog(null)} /> : null}
      {dialog === 'recall' ? <RecallDialog found={found} onClose={() => setDialog(null)} /> : null}
    </Page>
  );
}

function Items({ found }: { readonly found: HandOver }) {
  return (
    <Scroll minWidth={620} label="Items">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Document</Table.Th>
            <Table.Th>Is</Table.Th>
            <Table.Th className="numeric">Handed over</Table.Th>
            <Table.Th className="numeric">Open</Table.Th>
            <Table.Th className="numeric">They would take</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {found.items.map((item) => (
            <Table.Tr key={item.itemId}>
              <Table.Td>
                <TenantLink to={`invoices/${item.documentId}`}>{item.reference}</TenantLink>
              </Table.Td>
              <Table.Td>
                {item.ended && item.endedOn ? `${item.ended} ${dayWords(item.endedOn)}` : 'with them'}
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={item.handed} />
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={item.open} quietZero />
              </Table.Td>
              <Table.Td className="numeric">
                {item.expectedFee ? <Money value={item.expectedFee} /> : '–'}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

type DialogProps = { readonly found: HandOver; onClose(): void };

/** A fee as it is typed; nothing where none is. */
function feeOf(text: string, currency: string) {
  const amount = typedDecimal(text);
  return filled(text) && amount ? { fee: { amount, currency } } : {};
}

function NewsDialog({ found, onClose }: DialogProps) {
  const record = useCommand(recordHandOverNews);
  const today = useRead(me).data?.today ?? '';
  const [status, setStatus] = useState<(typeof NEWS_STATUSES)[number]>('accepted');
  const [on, setOn] = useState('');
  const [reference, setReference] = useState('');
  const [note, setNote] = useState('');
  const [fee, setFee] = useState('');
  const submit = (): void => {
    const [said, number] = [filled(note), filled(reference)];
    record.mutate(
      {
        params: { handOverId: found.handOverId },
        body: {
          status,
          on: on || today,
          ...(number ? { reference: number } : {}),
          ...(said ? { note: said } : {}),
          ...feeOf(fee, found.handed.currency),
        },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <FormDialog
      title="What they say"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Keep it"
      busy={record.isPending}
      problem={record.error}
    >
      <Select
        label="News"
        allowDeselect={false}
        data={NEWS_STATUSES.map((value) => ({ value, label: statusWords(value) }))}
        value={status}
        onChange={(value) => setStatus(NEWS_STATUSES.find((one) => one === value) ?? 'accepted')}
      />
      <DayField label="On" value={on || today} onChange={setOn} required />
      <TextInput
        label="Their number"
        value={reference}
        onChange={(e) => setReference(e.currentTarget.value)}
      />
      <TextInput
        label={`Costs, ${found.handed.currency}`}
        inputMode="decimal"
        value={fee}
        onChange={(e) => setFee(e.currentTarget.value)}
      />
      <Textarea
        label="Note"
        autosize
        minRows={2}
        value={note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
    </FormDialog>
  );
}

function RecallDialog({ found, onClose }: DialogProps) {
  const recall = useCommand(recallHandOver);
  const [reason, setReason] = useState('');
  const [fee, setFee] = useState('');
  return (
    <FormDialog
      title={`Recall hand-over ${found.number}?`}
      opened
      onClose={onClose}
      onSubmit={() =>
        recall.mutate(
          {
            params: { handOverId: found.handOverId },
            body: { reason, ...feeOf(fee, found.handed.currency) },
          },
          { onSuccess: onClose },
        )
      }
      submitLabel="Recall it"
      busy={recall.isPending}
      problem={recall.error}
    >
      <Text size="sm">
        What still stands comes back: it is reminded of again, and interest that was cut off goes on from
        today.
      </Text>
      <Textarea
        label="Why"
        required
        data-autofocus
        autosize
        minRows={2}
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
      <TextInput
        label={`What they ask for it, ${found.handed.currency}`}
        inputMode="decimal"
        value={fee}
        onChange={(e) => setFee(e.currentTarget.value)}
      />
    </FormDialog>
  );
}
