// What every credit note is written in: why, and beside the form what it does, whether others have to approve it, and the paper.

import { Button, Grid, Group, Kbd, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useRef } from 'react';
import { me } from '#identity/contract.ts';
import { readCreditReasons } from '#invoicing/contract.ts';
import { useGo } from '../../lib/address.ts';
import type { ApiProblem } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Page, Panel, Trouble } from '../../ui/Page.tsx';
import { type ApprovalPlan, WillAsk } from '../approvals/WillAsk.tsx';
import type { Credit } from './credit.ts';

type Reasoned = Pick<Credit, 'reason' | 'reasonNote' | 'issuedOn' | 'note'>;

/** Why the credit note is given, and when. */
export function Why({
  credit,
  at,
  onChange,
}: {
  readonly credit: Reasoned;
  at(field: string): string | undefined;
  onChange(change: Partial<Reasoned>): void;
}) {
  const reasons = useRead(readCreditReasons).data?.reasons ?? [];
  const today = useRead(me).data?.today ?? '';
  return (
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
  );
}

type FormProps = {
  readonly title: string;
  readonly subtitle: React.ReactNode;
  readonly back: string;
  /** The form needs the width: the paper stands beside it on wide screens only. */
  readonly isWide?: boolean;
  readonly issuing: {
    issue(): void;
    readonly plan: ApprovalPlan | undefined;
    readonly isAsking: boolean;
    readonly busy: boolean;
  };
  readonly isReady: boolean;
  readonly problem: ApiProblem | null;
  readonly effect: React.ReactNode;
  /** What the e-invoice the customer wants lacks. */
  readonly findings: React.ReactNode;
  readonly preview: React.ReactNode;
  readonly children: React.ReactNode;
};

/** The form with what it does and the paper beside it. Ctrl+Enter issues. */
export function CreditForm({ issuing, children, isWide = false, ...props }: FormProps) {
  const go = useGo();
  const form = useRef<HTMLFormElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (props.isReady) issuing.issue();
  };
  return (
    <Page title={props.title} subtitle={props.subtitle}>
      <Grid gap="lg">
        <Grid.Col span={isWide ? { base: 12, xl: 8 } : { base: 12, lg: 7 }}>
          <form onSubmit={submit} onKeyDown={onKeyDown} ref={form}>
            <Stack>
              {props.problem ? <Trouble problem={props.problem} /> : null}
              {children}
              {props.findings}
              {props.effect}
              <WillAsk plan={issuing.plan} />
              <Group justify="flex-end">
                <Text size="sm" c="dimmed" visibleFrom="sm">
                  <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd>
                </Text>
                <Button variant="default" onClick={() => go(props.back)}>
                  Cancel
                </Button>
                <Button type="submit" loading={issuing.busy} disabled={!props.isReady}>
                  {issuing.isAsking ? 'Ask for it' : 'Issue the credit note'}
                </Button>
              </Group>
            </Stack>
          </form>
        </Grid.Col>
        <Grid.Col span={isWide ? { base: 12, xl: 4 } : { base: 12, lg: 5 }}>{props.preview}</Grid.Col>
      </Grid>
    </Page>
  );
}
