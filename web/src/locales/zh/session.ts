export const session = {
  title: '登录',
  lead: '设备有恙，机康先知。',
  language: '语言',
  username: '用户名',
  usernameMissing: '请输入用户名',
  password: '密码',
  passwordMissing: '请输入密码',
  submit: '登录',
  wrong: '用户名或密码不对，请重新输入。',
  locked_other: '密码连续输错多次，这个用户名暂时不能登录。请约 {{count}} 分钟后再试；急用请找管理员解锁。',
  demo: '演示账号',
  demoHint: '点一下即可登录，密码都是 {{password}}。',
  version: '版本 {{version}}',
  promise: {
    first: '机器自己报修，修好自己作证。',
    second: '从信号越限，到派单、上门、换件、结算，一条链走到底。',
  },
} as const
