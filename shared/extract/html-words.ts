// The words by which lines around an article are known: menus, the page's clock, share buttons,
// links to print and close. A line counts only if nothing else stands in it. Lines come in folded
// width (NFKC), so that one form of each mark is enough.

/** Whether a line has nothing but words of navigation: a menu, share buttons, a breadcrumb. */
export function isNavigation(line: string): boolean {
  if (line === '') return false
  if (WHERE.test(line) || CLOCK.test(line) || NEIGHBOUR.test(line) || EDITOR.test(line)) return true
  const rest = line.replace(WORDS, '')
  if (rest === line) return false
  const left = rest.replace(MARKS, '')
  return left === '' || COUNTED.test(left)
}

/** Whether a line is of the page's foot or one of the site's own notices. */
export function isBoilerplate(line: string): boolean {
  return BOILERPLATE.test(line)
}

/** Whether a line heads links to other pages. */
export function isRelatedHead(line: string): boolean {
  return RELATED.test(line)
}

/** Whether a line of an article's head names its date, source or number. */
export function isHeadLine(line: string): boolean {
  if (line.length > 160 || CLOCK.test(line) || WHERE.test(line)) return false
  return HEAD.test(line)
}

/** Whether a line is a date and nothing else, as under a signature. */
export function isDateLine(line: string): boolean {
  return DATE.test(line)
}

const DATE =
  /^(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日$/

/** A path to the page, named as such or drawn with arrows. */
const WHERE =
  /^\W{0,3}(?:当前(?:所在)?位置|您?(?:现在|当前|目前)?(?:所在)?的?位置(?:是|为)?|您(?:现在|当前)?(?:正在|所在)?的?(?:浏览|位置)(?:是|为)?|现在位置|所在位置)\s*[:>»]|^(?:网站)?首页\s*(?:>|»|›|\/|→|->|-\s)/

const CLOCK =
  /^\W{0,3}(?:今天是|今日是|现在是|当前时间|北京时间|系统时间)|^\d{4}\s*[年/-]\s*\d{1,2}\s*[月/-]\s*\d{1,2}\s*日?\s*,?\s*星期.{0,30}$|^星期[一二三四五六日天]$|^农历/

/** The neighbouring articles, by number or title. */
const NEIGHBOUR = /^\W{0,3}[上下]一(?:篇|条|则|页|信息|主题)\s*(?:[:>]|$)|^(?:没有|无)了$/

const EDITOR =
  /^\W{0,3}(?:(?:责任|网站|网络)?编辑|责编|编审|审核|校对|录入|初审|复审|终审|一审|二审|三审|监制)(?:人|员)?\s*:.{0,40}$/

/** Longer words first, where one begins with another. */
const WORDS = new RegExp(
  `(?:${[
    '扫一扫在?手机(?:上)?(?:打开|浏览|查看|阅读)(?:当前页面?|本页面?|此页面?)?',
    '用?(?:手机|微信)?(?:扫一扫|扫码|扫描)(?:上方|下方|左侧|右侧)?(?:二维码)?(?:分享|访问|打开|关注|查看)?(?:至好友和朋友圈|到朋友圈|手机版|本页|当前页)?',
    '分享(?:到|至|给|此页|本页)?',
    '返回(?:首页|顶部|列表|上一页|上一级|主页|旧版)?',
    '网站(?:首页|导航|地图|声明|支持IPv6|无障碍)',
    '(?:打印|关闭|下载|收藏|复制|推荐|保存|转发|全屏阅读)(?:本|此|该|当前)?(?:页面?|窗口|文章|链接|网址|本文|地址)?',
    '我要(?:打印|收藏|关闭|纠错|分享|评论|下载)',
    '设为首页',
    '加入收藏',
    '首页',
    '主页',
    '顶部',
    '微信(?:好友|朋友圈|公众号)?',
    '朋友圈',
    '(?:新浪|腾讯|网易|搜狐|政务)?微博',
    '政务(?:微信|新媒体|公开|服务|邮箱|动态)',
    'QQ(?:空间|好友)?',
    '人人网?',
    '百度(?:贴吧)?',
    '豆瓣网?',
    '(?:文字|字体|字号|文本|页面)(?:大小|显示|选择|缩放)?',
    '(?:特|超|较)?[大中小](?:字号|号字?)?(?![\\u4e00-\\u9fa5])',
    '默认',
    '(?:上|下|前|后)一[页篇条]',
    '[尾末]页',
    '无障碍(?:浏览|阅读|通道|模式|辅助|服务)?',
    '(?:长者|老年|关怀|适老化?|关爱)(?:模式|版|专区|服务)?',
    '繁(?:体|體|體版)(?:中文|版)?',
    '简体(?:中文|版)?',
    '(?:手机|移动|电脑|触屏)版',
    '移动(?:客户)?端',
    '客户端',
    '登[录陆]',
    '注册',
    '退出',
    '个人中心',
    '用户(?:中心|空间)',
    '联系我们',
    '关于我们',
    '隐私(?:保护|声明)',
    '版权(?:声明|保护)',
    '网上(?:办事|服务|调查|信访)',
    '互动(?:交流|平台)',
    '政民互动',
    '新闻(?:中心|动态|资讯)',
    '信息公开',
    '办事(?:服务|大厅|指南)',
    '公众参与',
    '政府信息公开(?:指南|目录|制度|年报|专栏)?',
    '领导(?:之窗|信箱|信息)',
    '机构(?:概况|设置|职能)',
    '(?:走进|魅力|认识|印象)[\\u4e00-\\u9fa5]{2,4}',
    '数据(?:开放|发布)',
    '专题(?:专栏|聚焦)?',
    '邮箱',
    '智能(?:问答|机器人|客服)',
    '(?:站内|高级|智能|全站)?(?:搜索|检索)',
    '(?:阅读|浏览|点击|访问|查看)(?:次数|数|量|率|人次|人数)?',
    '人气',
    '点赞',
    '评论',
    '纠错',
    '朗读',
    '语音播报',
    '听(?:新闻|全文)',
    '播放',
    '暂停',
    '展开(?:全文)?',
    '收起',
    '更多',
    '共\\d*[页条]',
    '第\\d*页',
    '(?:发表|我要|网友)评论',
    '视力保护色',
    '保护视力色',
    'RSS(?:订阅)?',
    'TOP',
    'English',
    'ENGLISH',
    'Print',
    'Close',
  ].join('|')})`,
  'g',
)

const MARKS =
  /[\s|\u00b7>\u00bb\u203a/\\[\]\u3010\u3011()<:,.\u3001\u3002_+*\u2022\u2014\-"'\u201c\u201d!#\d\u300a\u300b\u2190-\u21ff\u25a0-\u25ff]+/g

/** What may be left of a counter of visits or a choice of type size. */
const COUNTED = /^(?:次|人次|人|个|px|T|A|AA|AAA|\u200b)$/

const RELATED =
  /^\W{0,3}(?:(?:相关|热点|推荐|最新|延伸|更多|精彩|热门)(?:的)?(?:链接|阅读|文章|信息|新闻|稿件|报道|解读|政策|文件|资讯|内容|推荐|专题|附件链接)|延伸阅读|友情链接|猜你喜欢|大家都在看|关联(?:稿件|阅读|信息|文件))\s*(?:[>»:]|更多|\W)*$/

const HEAD =
  /(?:发布|发文|成文|生成|印发|公开|更新|颁布|发表|录入|上传|公布|上网)(?:日期|时间|于)|(?:^|\s)(?:日\s*期|时\s*间)\s*:|(?:信息|文章|稿件|新闻|内容|稿源|文件)?来\s*源\s*[:>]|索\s*引\s*号|(?:发文|文件|公文)?(?:字号|文\s*号|编号)\s*[:\t]|发布(?:机构|单位|部门)|发文(?:机关|机构|单位)|公开(?:方式|形式|范围|类别)|主题(?:词|分类)|体裁分类|组配分类|信息分类|(?:信息|文件|公文)?名\s*称\s*[:\t]|(?:^|\s)作\s*者\s*:|^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s|$)/

const BOILERPLATE =
  /版权所有|copyright|©|(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁])?ICP[备证]|公网安备|网站标识码|技术支持\s*:|主办(?:单位)?\s*:.*(?:承办|维护|技术|地址|电话|邮编)|(?:建议|推荐)(?:您)?使用.{0,20}(?:分辨率|浏览器|浏览本站)|最佳(?:浏览|分辨率)|未经(?:许可|授权|同意).{0,12}(?:转载|复制|使用)|您访问的链接|即将(?:离开|跳转|打开)|欢迎(?:您)?(?:访问|光临|来到)|您好,.{0,10}(?:欢迎|智能|机器人)|(?:浏览器|脚本|JavaScript).{0,20}(?:不支持|版本|禁用|启用|开启)|网站?(?:邮箱|热线|举报)\s*:|运行维护\s*:|文明上网|验证码\s*:|看不清|您是第.{0,12}(?:位|个)访/i
