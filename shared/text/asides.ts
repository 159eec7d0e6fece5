import { foldUnit, foldWidth } from './width'

// What a web page or a printed page puts around a report, told from single lines. A line of the
// report itself must never be taken for one of these, so every rule wants the whole line: words
// that only buttons have, labels that only page heads have, figures that only page feet have.

/** Longer lines are never looked at: what surrounds a report is short. */
const LONGEST = 160

/**
 * Whether a line, without white space at its ends, is no part of the report around it: a
 * breadcrumb, a page's clock, a button, a page number, a line of dashes.
 */
export function isAside(line: string): boolean {
  if (line.length === 0 || line.length > LONGEST) return false
  if (isTrail(line) || isFileName(line) || isStamp(line)) return true
  if (!STARTS.test(line) && !/星期[一二三四五六日天]$/.test(line)) return false
  const whole = foldWidth(line)
  const folded = whole.replace(/^[\u2022\u00b7\u25cf\u25a0\u25aa\u25c6*]+ */, '')
  // What is written in one with a label is lost with it, unless it is only the foot's own.
  if (whole.includes('\u3002') && !/版权|备案|标识码|浏览器|copyright/i.test(whole)) return false
  return (
    isRule(whole) ||
    PATTERNS.some(pattern => pattern.test(folded)) ||
    areButtons(folded.toLowerCase())
  )
}

/** A way through a site, also one that does not begin at its front page: 公开 > 法治 > 年报. */
function isTrail(line: string): boolean {
  if (line.length > 80 || !/[>\uFF1E\u00bb\u203a]/.test(line)) return false
  // Angle brackets around a title are no way.
  return /^[^<\u3002;]*(?:[>\u00bb\u203a][^<\u3002;]*){2}$/.test(foldWidth(line))
}

/** What sites that collect texts put into them: their name and address. */
function isStamp(line: string): boolean {
  if (line.length > 90 || !/[wh\uFF57\uFF48]/i.test(line)) return false
  return /^[^\u3002;]{0,30}(?:文库|范文|之家|公文|秘书|资源|每日更新|本文来自|来源于|转载)[^\u3002;]{0,20}(?:https?:\/\/|www\.)(?![\w.-]*\.gov\.)[\w./?=&%#:~+-]+$/i.test(
    foldWidth(line),
  )
}

/** Nothing but the name of a file to load down, numbered or not. */
function isFileName(line: string): boolean {
  if (line.length > 100 || !/[a-z\d\uFF58\uFF46\uFF43)\uFF09]$/i.test(line)) return false
  return /^(?!\(?(?:请|详)?[见参])(?:[^\u3002;:,!?/]{1,3}[:,])?[^\u3002;:,!?/]{1,80}\.(?:docx?|xlsx?|pptx?|pdf|ofd|wps|et|zip|rar|7z|txt|jpe?g|png)(?: *\(\d+(?:\.\d+)? ?[kmg]b?\))?$/i.test(
    foldWidth(line),
  )
}

/** A line in a table of contents: a title, leaders or a tab, and a page number. */
export function isContentsEntry(line: string): boolean {
  const last = foldUnit(line.charCodeAt(line.length - 1))
  const isFigure = (last >= 0x30 && last <= 0x39) || last === 0x29 || last === 0x3015
  return (
    isFigure &&
    line.length <= LONGEST &&
    /(?:[.\u2026\u00b7\u22ef_\u2025]{3,}|\u2026{2,}|\t)[\s.]*[(\u3014-]?\d{1,3}[)\u3015-]?$/.test(
      foldWidth(line),
    )
  )
}

/** Nothing but signs of a drawn line, three at least; no sentence is made of these. */
function isRule(line: string): boolean {
  return /^[-\u2014\u2013\u2500\u2501=_*~#+\u00b7\u2022.\u2026\u25a0\u25cf\u25c6\u2605\u2606 ]{3,}$/.test(
    line,
  )
}

const PATTERNS: readonly RegExp[] = [
  // Page numbers: figures between dashes, or 第…页. Bare figures stay: they may be a table's.
  /^(?:[-\u2014\u2013\u2500]+ ?\d{1,4} ?[-\u2014\u2013\u2500]+|\u00b7 ?\d{1,4} ?\u00b7)$/,
  /^\(?第 ?\d{1,4} ?页[,\u3001/ ]*(?:\(?共 ?\d{1,4} ?页\)?)?\)?$/,
  /^共 ?\d{1,4} ?页[,\u3001/ ]*(?:第 ?\d{1,4} ?页)?$/,
  /^(?:page ?)\d{1,4}(?: ?(?:of|\/) ?\d{1,4})?$/i,
  // Breadcrumbs: the label and a colon, or a way that begins at the front page.
  /^(?:您|你)?(?:现在|当前|目前)?(?:所在|的|所在的)?位置(?:是|为)?(?: ?[:>]|$)/,
  /^(?:您|你)?(?:现在|当前|目前)所在 ?: ?[^\u3002;]{0,60}$/,
  /^(?:\[|\u3010)?(?:网站)?首页(?:\]|\u3011)? ?(?:>|\u00bb|\u203a|\u2192|\/|\u2014|-|\|| \S)/,
  // The page's clock says what day it is, with its weekday, and is no sentence.
  /^欢迎(?:您|你)?(?:访问|光临|来到|浏览)[^\u3002,;]{2,30}(?:网站|官网|门户|平台|网)!?$/,
  /^(?:欢迎[^\u3002]{0,20})?(?:今天是|现在是|当前时间|系统时间|北京时间)[: ]{0,2}(?=[^\u3002;]*(?:\d{4}|星期))[^\u3002;]{0,60}$/,
  /^\d{4}[年/.-] ?\d{1,2}[月/.-] ?\d{1,2}日? *(?:星期|周|礼拜)[一二三四五六日天][^\u3002;]{0,40}$/,
  /^[\u4e00-\u9fff]{2,20}(?:政府|网|局|委|厅|门户) ?\d{4}年 ?\d{1,2}月 ?\d{1,2}日 *星期[一二三四五六日天]$/,
  // The line below a page's title: label and colon. Reports do not open a line so.
  /^[[\u3010(]? ?(?:发布|发表|更新|成文|生成|发文|公开|印发|录入|上传|添加|创建)(?:日期|时间|日)[\]\u3011]? ?:/,
  // Whose it is: a body's or a site's name, or other labels behind it; else it may be a sentence.
  /^[[\u3010(]? ?(?:信息|文章|稿件|新闻|内容|文件|数据|本文)?(?:来源|出处)(?:于)?[\]\u3011]? ?: ?(?:[^\u3002;,:]{0,30}(?:[局办府委厅部报社站院科室处端号台会司校学刊队镇乡区县市省旗州组网站]|中心|街道|平台|发布|本站|原创|网络|转载|集团)[)\]]?)?(?: *\d{4}[-/.年][\d/.:月日 -]{3,18})?$/,
  /^[[\u3010(]? ?(?:信息|文章|稿件|新闻|内容|文件|数据|本文)?(?:来源|出处)(?:于)?[\]\u3011]? ?: ?[^\u3002;]{0,30}?(?:时间|日期|浏览|点击|阅读|访问|字体|字号|作者|编辑|责编|审核|分享|打印|发布|分类|撰稿|供稿)[^\u3002;]{0,60}$/,
  /^[[\u3010(]? ?(?:本页|文章)?(?:浏览|点击|阅读|访问|查看|点阅|浏览次数为|人气)(?:次数|量|人数|数|率)? ?[:(]/,
  /^[[\u3010(]? ?(?:字体|字号|文字|视力保护色?|背景色?|保护视力色?)(?:大小|显示|选择)?[\]\u3011]? ?[:[]/,
  /^(?:浏览|点击|阅读|访问)(?:次数|量|数) ?\d+ ?次?$/,
  /^[[\u3010(]? ?(?:作者|撰稿人?|供稿|责任编辑|责编|审核人|录入人|信息员|发布人|发布者|发布机构|发布单位|发布机关|信息提供者?)[\]\u3011]? ?: ?[^\u3002;,]{0,40}$/,
  // What somebody did to a text is a label before a name, and a verb before anything else.
  /^[[\u3010(]? ?(?:编辑|编审|审核|审稿|校对|录入)[\]\u3011]? ?: ?(?:[\u4e00-\u9fff\u00b7*]{1,4}|[\u4e00-\u9fff]{2,12}[局办委厅科室处社站])?(?:[)\]\u3011]?$|[ |][^\u3002;,]{0,60}$)/,
  /^(?:(?:[初复终一二三]审|编辑|责编|审核|校对|签发|撰稿|作者|监制|核稿|拟稿)(?:人|者)? ?: ?[\u4e00-\u9fff\u00b7*]{2,4}(?: +|$)){2,6}$/,
  /^[[\u3010(]? ?(?:索引号|索 引 号|信息索引号?|主题分类|体裁分类|服务对象分类?|信息分类|组配分类|公开方式|公开形式|公开范围|公开时限|公开责任部门|发文机关|发文机构|发文单位|发文字号|成文日期|文 ?号|有效性|时效性|信息类别|所属栏目|信息名称|标 ?题)[\]\u3011]? ?: ?[^\u3002;]{0,100}$/,
  /^(?:时间|日期) ?: ?\d{4}[-/.年](?:[\d/.-]{3,6}$|(?=[^\u3002;]*(?:浏览|来源|点击|阅读|字体|字号|:\d\d:\d\d)))/,
  /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日? +\d{1,2}:\d{2}(?::\d{2})?[^\u3002;]{0,100}$/,
  /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日? *(?:来源|浏览|点击|作者|发布|字体|字号|阅读|编辑|访问)[^\u3002;]{0,100}$/,
  // What to read next.
  /^[[\u3010<\u300a]{0,2} ?(?:上|下)(?:一|1)?(?:篇|条|页|则)(?:文章|新闻|信息)? ?[\]\u3011>\u300b:]/,
  /^(?:相关|推荐|热门|延伸|猜你喜欢|更多|热点)(?:链接|新闻|文章|阅读|信息|资讯|内容|稿件|报道|推荐|文件|解读)? ?:?$/,
  /^(?:相关|推荐|热门|延伸)(?:链接|新闻|文章|阅读|资讯|稿件|报道) ?:/,
  // Share, print, scan.
  /^(?:一键)?分享(?:到|至|给|本文|文章)?(?: ?:|$| [^\u3002]{0,60}$)/,
  /^(?:微信|手机)?(?:请)?(?:用|使用)?(?:微信|手机)?(?:"|\u201c)?扫(?:一扫|码|描)(?:"|\u201d)?(?:下方|上方|左侧|右侧|以下|此|该)?(?:二维码)?[, ]{0,2}(?:(?:关注|分享|在手机|打开|查看|浏览|下载|阅读|登录|添加|手机|用手机|即可)[^\u3002;,]{0,30})?$/,
  /^[[\u3010(]? ?(?:打印|关闭|下载|收藏|返回)(?:本页|此页|窗口|全文|文章|本文|页面|顶部|首页|上页|上一页|列表|本站|正文|此文)[^\u3002;]{0,60}$/,
  // The foot of the page.
  /^(?:版权所有|copyright|\u00a9|\(c\) ?copyright|all rights reserved)/i,
  /^[^\u3002]{0,60}(?:icp备|公网安备|网站标识码(?=[: ]*[a-z\d])|网站备案号?)[^\u3002]{0,100}$/i,
  /^本?网站(?:已)?(?:全面)?支持 ?ipv6/i,
  /^(?:主办|承办|协办|主管|运维|维护|技术支持)(?:单位|方)? ?:[^\u3002]{0,60}(?:版权|备案|标识码|技术支持|网站|维护|承办)[^\u3002]{0,60}$/,
  /^(?:建议|推荐)使用[^\u3002]{0,40}(?:浏览器|分辨率)/,
  /^(?:您|你)是(?:本站)?第 ?\d* ?位(?:访客|访问者|浏览者)/,
  /^(?:原文|本文|文章|来源)?(?:链接|网址|地址)? ?:? ?(?:https?:\/\/|www\.)[\w./?=&%#:~+-]+$/i,
  // A page's script, where a reader could not tell it from text.
  /^(?:var [\w$]+ ?=|function ?[\w$]*\(|document\.|window\.|\$\(|<\/?script|<!--|\/\/<!\[cdata\[)/i,
]

const BUTTONS = new Set(
  `首页 网站首页 返回首页 返回 返回顶部 回到顶部 返回上一页 返回上页 返回列表 打印 打印本页 打印此页 打印文章 打印正文
  关闭 关闭窗口 关闭本页 关闭页面 关闭此页 下载 下载全文 下载本文 全文下载 收藏 收藏本页 加入收藏 收藏本站 设为首页
  分享 分享到 分享至 一键分享 微信 微博 新浪微博 腾讯微博 qq qq空间 qq好友 人人网 朋友圈 微信好友 微信公众号 更多
  扫一扫 无障碍 无障碍浏览 无障碍阅读 进入无障碍 长者模式 长者版 适老版 适老化 老年模式 关怀版 大字版 关怀模式 简体 繁体
  简体中文 繁体中文 简体版 繁体版 繁體 繁體中文 简 繁 english en 网站地图 站点地图 联系我们 关于我们 关于本站 网站声明
  隐私声明 隐私保护 免责声明 法律声明 版权声明 网站帮助 使用帮助 登录 注册 用户登录 登陆 个人中心 搜索 站内搜索 高级搜索
  检索 导航 网站导航 正文 字体 字号 大 中 小 特大 默认 超大 视力保护色 保护视力色 护眼模式 语音播报 朗读 听全文
  一键朗读 播放语音 上一篇 下一篇 上一页 下一页 上一条 下一条 尾页 末页 纠错 网站纠错 我要纠错 举报 评论 发表评论 点赞
  复制链接 手机版 移动版 电脑版 客户端 智能问答 智能机器人 邮箱 rss rss订阅 订阅 触屏版 微信扫一扫 收起 展开 展开全文
  点击下载 下载本文档 我要打印 文章正文 阅读下一篇 top 繁體版 a a+ a- t 阅读全文 查看全文 二维码 主办单位 相关链接 相关阅读 相关新闻 相关文章 附件下载 手机扫一扫 网站无障碍 ai问答`.split(
    /\s+/,
  ),
)

/** Words that only together with others are buttons: 大 中 小. */
const SMALL = new Set([
  'a',
  'a+',
  'a-',
  't',
  '大',
  '中',
  '小',
  '简',
  '繁',
  '更多',
  '正文',
  'en',
  'qq',
  '评论',
  '举报',
  '检索',
  '导航',
  '微信',
])

/** The first of the words that {@link areButtons} tells apart, which settles it for most lines. */
const FIRST_WORD =
  /^[ |\u4e28\u00b7/>\u00bb\u203a[\]\u3010\u3011()\u300a\u300b:,\u3001_\u2014+\-\u25b2\u25bc\u2191\u00d7]*([^ |\u4e28\u00b7/>\u00bb\u203a[\]\u3010\u3011()\u300a\u300b:,\u3001_\u2014+\-\u25b2\u25bc\u2191\u00d7]+)/

/** A line of nothing but a page's buttons, in whatever brackets and bars. */
function areButtons(line: string): boolean {
  const first = FIRST_WORD.exec(line)?.[1]
  if (first === undefined || !BUTTONS.has(first)) return false
  const words = line.split(
    /[ |\u4e28\u00b7/>\u00bb\u203a[\]\u3010\u3011()\u300a\u300b:,\u3001_\u2014+\-\u25b2\u25bc\u2191\u00d7]+/,
  )
  const named = words.filter(word => word !== '')
  if (named.length === 0 || !named.every(word => BUTTONS.has(word))) return false
  return named.length > 1 || !SMALL.has(named[0]!) || named[0] === '正文'
}

/** What all of the above can begin with: spares most lines the rest. */
const STARTS =
  /^(?:[-\u2014\u2013\u2500\u2501=_*~#+\u00b7\u2022.\u2026\u25a0\u25cf\u25c6\u2605\u2606\uFF0D\uFF1D\uFF3F\uFF0A\uFF5E\uFF03\uFF0B\uFF0E[\uFF3B\u3010(\uFF08<\uFF1C\u300a|\uFF5C\u00a9$\uFF04\d\uFF10-\uFF19a-z\uFF41-\uFF5A\uFF21-\uFF3A]|[第共您你现当目所位网首欢今系北发更成生印录上添创公信文稿新内数本来出浏点阅访查人字视背保作撰供责编审校索主体服组有时所名标日下相推热延猜一分微手请用使扫打关收返版建运维协承技原链地]|[设加回全正进长适老大中小简繁备政秘初复终关隐免法登注站高检导京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇渝藏陕甘青宁默特超护语朗听播尾末纠我举评点复移电客智触展无二附]|\/\/)/i
