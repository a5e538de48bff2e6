// What every credit note is written in: the form, and beside it what it does, whether others have to approve it, and the paper.

import { Button, Grid, Group, Kbd, Stack, Text } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useRef } from 'react';
import { useGo } from '../../lib/address.ts';
import type { ApiProblem } from '../../lib/api.ts';
import { Page, Trouble } from '../../ui/Page.tsx';
import { type ApprovalPlan, WillAsk } from '../approvals/WillAsk.tsx';

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
