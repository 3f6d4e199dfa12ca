import { createLink } from '@tanstack/react-router'
import { Button, type ButtonProps } from 'antd'

/** A link of the router that looks like a button: opens in a new tab like any link, and is one element. */
export const LinkButton = createLink((props: Omit<ButtonProps, 'type'> & { readonly look?: ButtonProps['type'] }) => {
  const { look, ...rest } = props
  return <Button {...rest} {...(look === undefined ? {} : { type: look })} />
})
