import { GROUPS, type Locale, NAME_KINDS } from '../../agent/wire/vocabulary.ts';

const KINDS = `${NAME_KINDS.join(', ')}, all`;

const HELP: Readonly<Record<Locale, string>> = {
  zh: `xunjian（巡检）：Kubernetes 平台与主机的主动巡检

用法
  xunjian start [--demo]        一台机器上的全部：收集端、本机与当前集群的 agent、首次巡检与报告（npm start）
  xunjian inspect [选项]        巡检本机，以及当前 kubeconfig 指向的集群（若有），生成报告
  xunjian preview [--explain|--diff-last|--hash] [--last]   将会发送的原始数据（规范 JSON）；逐字段说明用途；与上次的差别；只输出摘要；agent 上次封装的原始字节
  xunjian middleware [选项]     列出中间件实例：判定依据、模式、读取结果（选项同 preview）
  xunjian baseline approve [--instance 名称] [--member 通配符] [--print]   把当前的中间件配置批准为基线；--member 只批准一组成员；--print 输出为配置文件片段
  xunjian checks [--json|--markdown]   检查目录
  xunjian agent --role node|cluster|host   按计划巡检，每分钟查看；结果送往收集端（--collector）或保存在本地
  xunjian outbox status|verify|dead-letters   agent 待发送的数据（--state-dir，--json；dead-letters --show 文件）
  xunjian who 假名…             用本站点的对照表还原假名（同 resolve）
  xunjian ledger show|verify    agent 发送过的全部数据的链式记录（--state-dir，--json，--since 日期；--bundles：以数据包带出的）
  xunjian approve [--until 时间]   批准外发 hold 所保留的数据（--state-dir）
  xunjian sla explain [选项]    按合同计算到期时间，并列出算式
  xunjian policy lint [文件…]   检查支持策略文件（默认检查内置策略）
  xunjian policy simulate --policy 标识 --tier 档位 --events 文件   以往事件在该策略下的结果
  xunjian policy list | show 标识 [--tier 档位]
  xunjian collector [选项]      收集端：事件、SLA、通知、API（默认 http://127.0.0.1:8080，SQLite 于 ./xunjian-data）
  xunjian collector enroll --customer 名称 --cluster 名称 [--policy daocloud --tier standard] [--zone Asia/Shanghai] [--for collector]   接入一个集群，令牌只显示一次；--for collector：给站点收集端，向本收集端转发
  xunjian collector link        新的管理员一次性链接
  xunjian collector backup --out 文件 [--database URL | --config 文件]   运行中一致备份（SQLite 或 PostgreSQL）；密钥文件另行保存
  xunjian collector restore --in 文件 --database URL|--config 文件 [--force]   恢复到任一种空数据库
  xunjian report --kind 种类 [选项]   报告（Word、PDF、Excel、HTML）：来自本机的收集端数据库，或 --collector、--input、--template-input
  xunjian report import 目录    把 --parts 的内容存入收集端的库，供其所有报告使用（--customer、--cluster）
  xunjian bundle export --out 目录 [--state-dir 目录 | --cluster 名称] [--period 30d] [--split 100M] [--recipient age1…]   离线带出：签名、可分卷、可加密的数据包
  xunjian bundle verify 文件…   核对数据包的签名与每份数据（--identity age 私钥文件，--key-id 标识）
  xunjian bundle import 文件… --cluster 名称 [--trust 密钥标识]   导入收集端的库；可重复、不分先后，并列出尚缺的分卷
  xunjian pack build 目录 --name 名称 --version 2026.11.1 --key 私钥   阈值、生命周期、支持策略、放假安排、缺陷公告打成一个签名规则包
  xunjian pack verify 文件      核对规则包的签名、范围与内容
  xunjian pack apply 文件 [--approve 摘要 | --trust 密钥文件] [--force]   经站点批准后应用（--state-dir：agent；否则：收集端的库）
  xunjian pack rollback | show  退回上一个规则包；当前与历史
  xunjian advisory import 文件|目录…   缺陷公告（openEuler CSAF 2.0、updateinfo.xml[.gz]）导入收集端的库
  xunjian report --template     东方通自检表（xlsx、docx），填写后用 --template-input 生成报告
  xunjian report verify 文件|目录 [--key 公钥] [--key-id 标识]   核对签名清单与各文件的 SHA-256
  xunjian version

inspect 与 preview 的选项
  --kubeconfig 文件      默认：环境变量 KUBECONFIG、~/.kube/config、Pod 内的 ServiceAccount
  --context 名称         kubeconfig 中的 context
  --role host            只巡检本机及其中间件，报告默认为东方通四组材料（report.html 一个文件即可交付）
  --no-host, --no-cluster
  --host-root 目录       主机根目录在本进程中的位置，或采集到的目录树（默认 /）
  --config 文件          检查项、阈值、采集范围（YAML）
  --suppressions 文件    已接受的风险（检查项、对象、责任人、理由、到期日）
  --clear-names 种类…    允许明文离开的名称：${KINDS}
  --state-dir 目录       站点密钥与对照表（默认 ~/.local/state/xunjian）
  --lang zh|en           语言
  --quiet                不显示进度
仅 inspect
  --out 目录             snapshot.json、findings.json、report.json、report.html（默认 ./xunjian-report；其中已有的上次报告用于对比）
  --customer 名称        报告封面上的客户名称
  --report 种类, --format html,pdf,docx,xlsx, --lang zh,en   报告的种类（默认 s360）、格式（默认 html）与语言
  --sign-key 文件        Ed25519 私钥（PEM，不存在则创建）：另写含签名的 manifest.json，供 report verify 核对
  --json                 结果以 JSON 输出到标准输出
  --fail-on 级别         critical（默认）、warning、info、never

agent 的选项
  --schedule 表达式      cron（默认 "0 2 * * *"），--time-zone 时区，--jitter-seconds 秒，--run-at-start
  --listen 主机:端口     /healthz /readyz /metrics（默认 127.0.0.1:9464）
  --state-dir 目录（默认 /var/lib/xunjian），--key-file 文件，--node-name 名称，--deadline-seconds 秒
  --lease-namespace, --lease-name   cluster 角色的 Lease
  --config, --suppressions, --clear-names, --log-level debug|info|warn|error，--packs-dir 目录（已应用的规则包，默认在 --state-dir 下）
  --collector 网址       发送到此收集端；不给出则只保存在本机
  --token-file, --ca-file, --client-cert-file, --client-key-file 文件   凭据（更换后自动重读）；--proxy http://用户:口令@主机:端口（默认 HTTPS_PROXY、NO_PROXY）
  --boundary vendor|site   vendor（默认）：名称以假名离开；site：收集端属于本站点，名称为明文
  --outbox-max-mb 256, --outbox-max-days 14, --heartbeat-seconds 60, --consent-folder DIR

sla explain 与 policy 的选项
  --policy 标识[@版本]   daocloud、xfusion、tongtech、alibaba；--tier 档位
  --level 级别           1…5，或策略中的名称（P1、一级）
  --at 时间              时钟开始的时间（ISO 8601；不带时差时按 --zone）
  --zone 时区            客户现场的 IANA 时区（默认 Asia/Shanghai）
  --clock 时钟           respond（默认）、rescue、arrive、call-back、action-plan、update、resolve、notify
  --pause 起/止          暂停的时段，可多次
  --events 文件          事件（NDJSON）或其目录；--now 时间：未结束的事件算到何时（默认最后一个事件）
  --policies 目录        自有策略（*.yaml）与放假安排（holidays/cn/年份.json）
  --json                 sla explain：{"due","provisional","segments":[{"from","to","counted"}]}，counted 以秒计，合同未约定时限时 due 为 null

collector 的选项（也可用环境变量 XUNJIAN_… 或 --config 文件）
  --listen 主机:端口，--public-url 网址，--data-dir 目录，--database URL（或 DATABASE_URL），--config 文件
  配置文件 federation     上级收集端：url、caFile、clusters: [{ cluster, tokenFile }]，见 docs/air-gap.md
  配置文件 siteKeyFile    站点密钥：明文名称离开站点（数据包、上级收集端）时据此转为假名
  --tls-cert 文件 --tls-key 文件，--client-ca 文件（代理的客户端证书），--trust-proxy 网段,…
  --metrics-listen 主机:端口，--log-level debug|info|warn|error
  --new-key              原密钥文件已丢失：从此以现在的密钥为准，各通知目标的密钥须重新填写

report 的选项
  --kind 种类            s360（默认）、tongtech、daily、risk、events、problems、fault、changes、backup、demands、cost、weekly、monthly、os-support、expert
  --customer, --cluster 名称或标识   数据库中只有一个时可省略
  --from, --to 日期      2026-07-01（--zone 时区的整日，含 --to 当日）；不给 --from 则只报告最近一次巡检
  --format html,pdf,docx,xlsx,json   默认全部；--lang zh,en；--out 目录（默认 ./xunjian-report）；--quiet
  --database URL, --data-dir 目录, --config 文件   收集端的数据库（默认 ./xunjian-data）；输出含签名的 manifest.json
  --collector 网址 --token-file 文件 [--ca-file 文件] [--mail]   由收集端生成后下载；令牌类型为 reporter，只能生成和读取所属集群的报告
  --input 目录           xunjian inspect --out 写入的目录，不需要收集端
  --template-input 文件.xlsx   填好的自检表
  --sign-key 文件        用于 --input 与 --template-input：Ed25519 私钥（PEM，不存在则创建），输出含签名的 manifest.json
  --parts 目录           人工撰写或其他系统的内容：demands.yaml、changes.yaml、backups.yaml、problems.yaml、plans.yaml、reviews.yaml、prices.yaml、revisions.yaml，
                         以及 位置.md 或 位置.zh.md（scope、architecture、health、risks、performance、security、recommendations、os-recommendations、acceptance、requests、next、feedback、remarks）；inspect 同样可用
  --advisories 文件|目录  用于 --input 与 inspect：openEuler CSAF 2.0、updateinfo.xml 或 updateinfo.xml.gz，与运行中的内核比对

退出码
  0 已运行，无达到 --fail-on 的问题   1 有   2 参数、配置或输出目录有误   3 没有任何内容可以巡检或报告   4 被隐私防护拦截

可关闭的采集分组（配置 optOut）：${GROUPS.join(', ')}`,
  en: `xunjian (巡检): proactive inspection of Kubernetes platforms and hosts

Usage
  xunjian start [--demo]        everything on one machine: collector, agents for it and the current cluster, a first report (npm start)
  xunjian inspect [options]     inspect this host, and the cluster of the current kubeconfig if there is one; write the report
  xunjian preview [--explain|--diff-last|--hash] [--last]   the exact data that would be sent; each value with its purpose; what changed; only its digest; the agent's last bytes
  xunjian middleware [options]  the middleware instances: why each is held for one, mode, how reading ended (options of preview)
  xunjian baseline approve [--instance NAME] [--member GLOB] [--print]   approve the settings of middleware as they are now; --member: of a group of members; --print: as a piece of the configuration file
  xunjian checks [--json|--markdown]   the catalogue
  xunjian agent --role node|cluster|host   inspect on a schedule, look every minute; results go to a collector (--collector) or stay local
  xunjian outbox status|verify|dead-letters   what an agent has yet to send (--state-dir, --json; dead-letters --show FILE)
  xunjian who PSEUDONYM…        names behind pseudonyms, from this site's table (also: resolve)
  xunjian ledger show|verify    the chained record of everything that an agent sent (--state-dir, --json, --since DATE; --bundles: what left in bundles)
  xunjian approve [--until TIME]   what is held for approval may leave (--state-dir)
  xunjian sla explain [options] when a clock is due under a contract, with the arithmetic
  xunjian policy lint [FILE…]   check support policies (without files: those of the program)
  xunjian policy simulate --policy ID --tier T --events FILE   past incidents under that policy
  xunjian policy list | show ID [--tier T]
  xunjian collector [options]   the server: incidents, SLA, notifications, API (default http://127.0.0.1:8080, SQLite in ./xunjian-data)
  xunjian collector enroll --customer NAME --cluster NAME [--policy daocloud --tier standard] [--zone Asia/Shanghai] [--for collector]   a cluster in one step; the token is shown once; --for collector: for a site's collector that forwards to this one
  xunjian collector link        a new administrator's one-time link
  xunjian collector backup --out FILE [--database URL | --config FILE]   a consistent copy while it runs (SQLite or PostgreSQL); keep the key file elsewhere
  xunjian collector restore --in FILE --database URL|--config FILE [--force]   into an empty database of either kind
  xunjian report --kind K [options]   a report (Word, PDF, Excel, HTML) from a collector's database here, or --collector, --input, --template-input
  xunjian report import DIR     the same as --parts, into a collector's database, for all its reports (--customer, --cluster)
  xunjian bundle export --out DIR [--state-dir DIR | --cluster NAME] [--period 30d] [--split 100M] [--recipient age1…]   to carry by hand: signed, in parts, encrypted if asked for
  xunjian bundle verify FILE…   signature and every payload of bundles (--identity FILE with an age key, --key-id HEX)
  xunjian bundle import FILE… --cluster NAME [--trust KEY-ID]   into a collector's database; again and in any order, tells which parts are missing
  xunjian pack build DIR --name NAME --version 2026.11.1 --key KEY.pem   thresholds, lifecycles, policies, holidays, advisories as one signed rule pack
  xunjian pack verify FILE      signature, limits and content of a pack
  xunjian pack apply FILE [--approve DIGEST | --trust FILE] [--force]   with the site's approval (--state-dir: an agent; else a collector's database)
  xunjian pack rollback | show  back to the pack before; what counts, and what was applied when
  xunjian advisory import FILE|DIR…   published defects (openEuler CSAF 2.0, updateinfo.xml[.gz]) into a collector's database
  xunjian report --template     the TongTech self-check as a form (xlsx, docx); --template-input makes the report of a filled-in one
  xunjian report verify FILE|DIR [--key PEM] [--key-id HEX]   checks the signed manifest and every file's SHA-256
  xunjian version

Options of inspect and preview
  --kubeconfig FILE      default: KUBECONFIG, ~/.kube/config, the pod's ServiceAccount
  --context NAME         context of the kubeconfig
  --role host            this machine and its middleware only; the report is TongTech's, in four groups, one file to hand over
  --no-host, --no-cluster
  --host-root DIR        where the host's root is seen, or a captured tree (default /)
  --config FILE          checks, thresholds, what is read (YAML)
  --suppressions FILE    accepted risks (check, scope, owner, reason, expiry)
  --clear-names KIND…    names that may leave clear: ${KINDS}
  --state-dir DIR        site key and reverse table (default ~/.local/state/xunjian)
  --lang zh|en
  --quiet                no progress
inspect only
  --out DIR              snapshot.json, findings.json, report.json, report.html (default ./xunjian-report; an earlier report there is compared with)
  --customer NAME        customer on the report's cover
  --report KIND, --format html,pdf,docx,xlsx, --lang zh,en   kind (default s360), formats (default html) and languages of the report
  --sign-key FILE        an Ed25519 key in PEM, made when there is none: a signed manifest.json beside the files, for report verify
  --json                 print the result as JSON
  --fail-on LEVEL        critical (default), warning, info, never

Options of agent
  --schedule CRON        default "0 2 * * *"; --time-zone ZONE, --jitter-seconds N, --run-at-start
  --listen HOST:PORT     /healthz /readyz /metrics (default 127.0.0.1:9464)
  --state-dir DIR (default /var/lib/xunjian), --key-file FILE, --node-name NAME, --deadline-seconds N
  --lease-namespace, --lease-name   the Lease of the cluster role
  --config, --suppressions, --clear-names, --log-level debug|info|warn|error, --packs-dir DIR (the applied rule pack, default below --state-dir)
  --collector URL        send to this collector; without it results stay on this machine
  --token-file, --ca-file, --client-cert-file, --client-key-file FILE   credentials, read again when they change; --proxy http://USER:PASSWORD@HOST:PORT (default HTTPS_PROXY, NO_PROXY)
  --boundary vendor|site   vendor (default): names leave as pseudonyms; site: the collector belongs to this site, names travel clear
  --outbox-max-mb 256, --outbox-max-days 14, --heartbeat-seconds 60, --consent-folder DIR

Options of sla explain and policy
  --policy ID[@VERSION]  daocloud, xfusion, tongtech, alibaba; --tier T
  --level LEVEL          1…5, or the policy's own name for it (P1, 一级)
  --at TIME              when the clock starts (ISO 8601; without an offset it is a time of --zone)
  --zone ZONE            IANA zone of the customer's site (default Asia/Shanghai)
  --clock CLOCK          respond (default), rescue, arrive, call-back, action-plan, update, resolve, notify
  --pause FROM/TO        a paused stretch; may be repeated
  --events FILE          events (NDJSON) or a folder of them; --now TIME: until when open incidents count (default: the last event)
  --policies DIR         policies of your own (*.yaml) and holidays (holidays/cn/YEAR.json)
  --json                 sla explain: {"due","provisional","segments":[{"from","to","counted"}]}; counted in seconds, due is null when the contract sets no time

Options of collector (also as variables XUNJIAN_… or in the --config file)
  --listen HOST:PORT, --public-url URL, --data-dir DIR, --database URL (or DATABASE_URL), --config FILE
  federation in the file   the collector above: url, caFile, clusters: [{ cluster, tokenFile }], see docs/air-gap.md
  siteKeyFile in the file   the site's key: names that stand clear turn into pseudonyms when they leave the site (bundles, a collector above)
  --tls-cert FILE --tls-key FILE, --client-ca FILE (agents' client certificates), --trust-proxy CIDR,…
  --metrics-listen HOST:PORT, --log-level debug|info|warn|error
  --new-key              the former key file is lost: this one counts from now on, and the secrets of targets have to be entered again

Options of report
  --kind KIND            s360 (default), tongtech, daily, risk, events, problems, fault, changes, backup, demands, cost, weekly, monthly, os-support, expert
  --customer, --cluster NAME|ID   may be left out when there is one only
  --from, --to DAY       2026-07-01 (whole days of --zone, the day of --to included); without --from the newest inspection alone
  --format html,pdf,docx,xlsx,json   all by default; --lang zh,en; --out DIR (default ./xunjian-report); --quiet
  --database URL, --data-dir DIR, --config FILE   a collector's database (default ./xunjian-data); the output has a signed manifest.json
  --collector URL --token-file FILE [--ca-file FILE] [--mail]   made by a collector and fetched; a token of kind reporter makes and reads its own cluster's reports only
  --input DIR            what xunjian inspect --out wrote; needs no collector
  --template-input FILE.xlsx   a filled-in self-check
  --sign-key FILE        for --input and --template-input: an Ed25519 key in PEM, made when there is none; writes a signed manifest.json
  --parts DIR            what people wrote or other systems know: demands.yaml, changes.yaml, backups.yaml, problems.yaml, plans.yaml, reviews.yaml, prices.yaml, revisions.yaml,
                         and PLACE.md or PLACE.zh.md (scope, architecture, health, risks, performance, security, recommendations, os-recommendations, acceptance, requests, next, feedback, remarks); also of inspect
  --advisories FILE|DIR  with --input, and of inspect: openEuler CSAF 2.0, updateinfo.xml or updateinfo.xml.gz, held against the kernels that run

Exit codes
  0 ran, nothing at or above --fail-on   1 findings at or above it   2 bad option, configuration or output directory   3 nothing could be inspected or reported   4 blocked by the privacy guard; report verify: 1 something was changed

Groups that can be switched off (optOut): ${GROUPS.join(', ')}`,
};

export function helpText(locale: Locale): string {
  return HELP[locale];
}
