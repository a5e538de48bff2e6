// Why a credit note is given, of which day it is, and what it says: in a note, and under it.

import { Grid, Select, Textarea, TextInput } from '@mantine/core';
import { me } from '#identity/contract.ts';
import { readCreditReasons } from '#invoicing/contract.ts';
import { useRead } from '../../lib/data.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Panel } from '../../ui/Page.tsx';
import { ChosenFootnotes } from './ChosenFootnotes.tsx';
import type { Credit } from './credit.ts';

/** What a credit note says besides its amounts. */
export type Reasoned = Pick<Credit, 'reason' | 'reasonNote' | 'issuedOn' | 'note' | 'footnotes'>;

export function CreditWhy({
  credit,
  usual,
  at,
  onChange,
}: {
  readonly credit: Reasoned;
  /** What the company says under all of its documents. */
  readonly usual: readonly string[] | undefined;
  at(field: string): string | undefined;
  onChange(change: Partial<Reasoned>): void;
}) {
  const reasons = useRead(readCreditReasons).data?.reasons ?? [];
  const today = useRead(me).data?.today ?? '';
  return (
    <>
      <Panel title="Why">
        <Grid>
          <Grid.Col span={{ base: 12, sm: 5 }}>
            <Select
              label="Reason"
              required
              searchable
              allowDeselect={false}
              placeholder="Choose"
              data={reasons.map(({ code, label }) => ({ value: code, label }))}
              value={credit.reason || null}
              onChange={(reason) => onChange({ reason: reason ?? '' })}
              error={at('reason')}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 7 }}>
            <TextInput
              label="In words"
              required={credit.reason === 'other'}
              maxLength={500}
              value={credit.reasonNote}
              onChange={(event) => onChange({ reasonNote: event.currentTarget.value })}
              error={at('reasonNote')}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 5 }}>
            <DayField
              label="Issued"
              value={credit.issuedOn || today}
              onChange={(issuedOn) => onChange({ issuedOn })}
              error={at('issuedOn')}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 7 }}>
            <Textarea
              label="Note on the credit note"
              autosize
              minRows={1}
              maxLength={2_000}
              value={credit.note}
              onChange={(event) => onChange({ note: event.currentTarget.value })}
              error={at('note')}
            />
          </Grid.Col>
        </Grid>
      </Panel>
      <Panel title="Footnotes">
        <ChosenFootnotes
          what="credit note"
          chosen={credit.footnotes}
          usual={usual}
          at={at}
          onChange={(footnotes) => onChange({ footnotes })}
        />
      </Panel>
    </>
  );
}
