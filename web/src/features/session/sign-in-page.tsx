import { ApiError } from '@fettle/contracts/client'
import type { Problem } from '@fettle/contracts/problem'
import { getInstance, signIn } from '@fettle/contracts/session'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { Button, Form, Input, Segmented, type InputRef } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/query.ts'
import { sessionQuery } from '../../api/session.ts'
import { useWrite } from '../../api/write.ts'
import { forgetPerson } from '../../app/forget-person.ts'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { Mark } from '../../design/logo.tsx'
import { usePhone } from '../../design/use-media.ts'
import { speak } from '../../i18n/setup.ts'
import { useLanguage } from '../../i18n/use-text.ts'
import { DemoAccounts } from './demo-accounts.tsx'
import styles from './sign-in-page.module.css'
import { SignInPicture } from './sign-in-picture.tsx'

interface Credentials {
  readonly username: string
  readonly password: string
}

/** The way in. On a demonstration every account is one press away. */
export function SignInPage() {
  const { t } = useTranslation(['session', 'common'])
  const language = useLanguage()
  const [form] = Form.useForm<Credentials>()
  const username = useRef<InputRef>(null)
  const password = useRef<InputRef>(null)
  const phone = usePhone()
  const instance = useQuery({ ...reading(getInstance, {}), staleTime: Infinity })
  const { next } = useSearch({ from: '/sign-in' })
  const { enter, error, isPending } = useSignIn(next)
  const problem = error instanceof ApiError ? error.problem : null
  const wrong = problem?.code === 'session/wrong-credentials'
  const locked = problem?.code === 'session/locked'

  useEffect(() => {
    document.title = `${t('session:title')} · ${t('common:product')}`
  }, [t])
  useEffect(() => {
    // On a phone its keyboard would cover the page before anybody has read it.
    if (!phone) username.current?.focus()
  }, [phone])
  useEffect(() => {
    if (wrong) password.current?.focus({ cursor: 'all' })
  }, [wrong, error])

  return (
    <div className={styles['page']}>
      <SignInPicture />
      <main className={styles['side']}>
        <div className={styles['top']}>
          <span className={styles['brand']}>
            <Mark size={30} />
            <span>
              机康 <span lang="en">Fettle</span>
            </span>
          </span>
          <Segmented
            size="small"
            aria-label={t('session:language')}
            value={language}
            onChange={speak}
            options={[
              { value: 'zh' as const, label: '中文' },
              { value: 'en' as const, label: 'English' },
            ]}
          />
        </div>
        <div className={styles['content']}>
          <h1>{t('session:title')}</h1>
          <p className={styles['lead']}>{t(next ? 'session:comeBack' : 'session:lead')}</p>
          <Form<Credentials>
            form={form}
            layout="vertical"
            requiredMark={false}
            size="large"
            disabled={isPending}
            onFinish={enter}
            validateTrigger="onSubmit"
          >
            <Form.Item
              name="username"
              label={t('session:username')}
              rules={[{ required: true, whitespace: true, message: t('session:usernameMissing') }]}
            >
              <Input ref={username} autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={100} />
            </Form.Item>
            <Form.Item
              name="password"
              label={t('session:password')}
              rules={[{ required: true, message: t('session:passwordMissing') }]}
            >
              <Input.Password ref={password} autoComplete="current-password" maxLength={200} />
            </Form.Item>
            {wrong || locked ? (
              <p role="alert" className={styles['wrong']}>
                {wrong ? t('session:wrong') : t('session:locked', { count: minutesOf(problem) })}
              </p>
            ) : error ? (
              <div className={styles['error']}>
                <ErrorNotice error={error} kept />
              </div>
            ) : null}
            <Button type="primary" htmlType="submit" block loading={isPending}>
              {t('session:submit')}
            </Button>
          </Form>
          {instance.data?.demo ? (
            <DemoAccounts
              accounts={instance.data.demoAccounts}
              disabled={isPending}
              onChoose={(credentials) => {
                form.setFieldsValue(credentials)
                enter(credentials)
              }}
            />
          ) : null}
          {instance.isError ? <ErrorNotice error={instance.error} onRetry={() => void instance.refetch()} /> : null}
        </div>
        <p className={styles['version']}>
          {instance.data ? t('session:version', { version: instance.data.version }) : ' '}
        </p>
      </main>
    </div>
  )
}

/** How long a name is locked still, rounded up. */
function minutesOf({ context }: Problem): number {
  const seconds = context?.['retryAfterSeconds']
  return typeof seconds === 'number' ? Math.ceil(seconds / 60) : 15
}

/** Signs in, then goes to where the person wanted to be. */
function useSignIn(next: string | undefined) {
  const queries = useQueryClient()
  const router = useRouter()
  const attempt = useWrite(signIn, { touches: [] })
  return {
    error: attempt.error,
    isPending: attempt.isPending,
    enter: ({ username, password }: Credentials) => {
      attempt.mutate(
        { body: { username: username.trim(), password } },
        {
          onSuccess: ({ me }) => {
            forgetPerson(queries)
            queries.setQueryData(sessionQuery().queryKey, me)
            router.history.push(next ?? '/')
          },
        },
      )
    },
  }
}
