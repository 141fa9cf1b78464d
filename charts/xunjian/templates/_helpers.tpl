{{- define "xunjian.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* At most 40 characters, so that every suffix of the chart fits into a name of 63. */}}
{{- define "xunjian.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "xunjian.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/name: {{ include "xunjian.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{/* dict root component */}}
{{- define "xunjian.selector" -}}
app.kubernetes.io/name: {{ include "xunjian.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* dict root image */}}
{{- define "xunjian.image" -}}
{{- $image := index .root.Values.image .image -}}
{{- $repository := $image.repository -}}
{{- if .root.Values.image.registry -}}
{{- $repository = printf "%s/%s" (trimSuffix "/" .root.Values.image.registry) (regexReplaceAll "^[^/]*[.:][^/]*/" $image.repository "") -}}
{{- end -}}
{{- if $image.digest -}}{{ printf "%s@%s" $repository $image.digest }}{{- else -}}{{ printf "%s:%s" $repository (default .root.Chart.AppVersion $image.tag) }}{{- end -}}
{{- end -}}

{{/* Three quarters of the memory limit in megabytes, for V8's heap; the rest is for its code, stacks and buffers. */}}
{{- define "xunjian.heap" -}}
{{- $limit := dig "limits" "memory" "" . | toString -}}
{{- $number := regexFind "^[0-9]+" $limit | int64 -}}
{{- $mb := 0 -}}
{{- if hasSuffix "Gi" $limit -}}{{- $mb = mul $number 1024 -}}
{{- else if hasSuffix "Mi" $limit -}}{{- $mb = $number -}}
{{- else if hasSuffix "G" $limit -}}{{- $mb = mul $number 953 -}}
{{- else if hasSuffix "M" $limit -}}{{- $mb = div (mul $number 953) 1000 -}}
{{- end -}}
{{- if $mb -}}{{ div (mul $mb 3) 4 }}{{- end -}}
{{- end -}}

{{- define "xunjian.ownCollector" -}}
{{- if and .Values.collector.enabled (not .Values.agents.collectorUrl) -}}true{{- end -}}
{{- end -}}
{{- define "xunjian.tokenSecret" -}}{{ default (printf "%s-token" (include "xunjian.fullname" .)) .Values.enrolment.existingSecret }}{{- end -}}
{{- define "xunjian.siteKeySecret" -}}{{ default (printf "%s-site-key" (include "xunjian.fullname" .)) .Values.siteKey.existingSecret }}{{- end -}}
{{- define "xunjian.collectorKeys" -}}{{ default (printf "%s-collector-keys" (include "xunjian.fullname" .)) .Values.collector.keysSecret }}{{- end -}}
{{- /* Port of an https address, which may end in a path and whose host may be an IPv6 address. */}}
{{- define "xunjian.portOf" -}}
{{- regexFind "^https://(\\[[^]]*\\]|[^/:]+):[0-9]+" . | regexFind "[0-9]+$" | default "443" -}}
{{- end -}}
{{- define "xunjian.secretVolume" -}}secret-{{ . | replace "." "-" | trunc 56 | trimSuffix "-" }}{{- end -}}
{{- define "xunjian.tlsSecret" -}}{{ ternary .Values.tls.existingSecret (printf "%s-collector-tls" (include "xunjian.fullname" .)) (eq .Values.tls.source "secret") }}{{- end -}}
{{- define "xunjian.collectorHost" -}}{{ include "xunjian.fullname" . }}-collector.{{ .Release.Namespace }}.svc{{- end -}}
{{- define "xunjian.collectorUrl" -}}
{{- if .Values.agents.collectorUrl -}}{{ .Values.agents.collectorUrl }}
{{- else if .Values.collector.enabled -}}https://{{ include "xunjian.collectorHost" . }}{{ if ne (int .Values.collector.service.port) 443 }}:{{ .Values.collector.service.port }}{{ end }}
{{- end -}}
{{- end -}}
{{- define "xunjian.publicUrl" -}}
{{- if .Values.collector.publicUrl -}}{{ .Values.collector.publicUrl }}
{{- else if .Values.collector.ingress.enabled -}}https://{{ .Values.collector.ingress.host }}{{ trimSuffix "/" .Values.collector.ingress.path }}
{{- else -}}https://localhost:8443
{{- end -}}
{{- end -}}
{{- define "xunjian.any" -}}{{ ternary "[::]" "0.0.0.0" (eq .Values.ipFamily "ipv6") }}{{- end -}}
{{- define "xunjian.keep" -}}{{- if .Values.keepOnUninstall }}
helm.sh/resource-policy: keep
{{- end }}{{- end -}}
{{- define "xunjian.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "xunjian.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* Where an agent's results go, and what it proves itself with. */}}
{{- define "xunjian.deliveryEnv" -}}
{{- with include "xunjian.collectorUrl" . }}
- { name: XUNJIAN_COLLECTOR, value: {{ . | quote }} }
- { name: XUNJIAN_TOKEN_FILE, value: /etc/xunjian/token/token }
{{- end }}
{{- if include "xunjian.collectorUrl" . }}
- { name: XUNJIAN_BOUNDARY, value: {{ ternary "site" "vendor" (eq (include "xunjian.ownCollector" .) "true") }} }
{{- if or .Values.agents.caSecret (and (include "xunjian.ownCollector" .) (not .Values.tls.systemAuthorities)) }}
- { name: XUNJIAN_CA_FILE, value: /etc/xunjian/ca/ca.crt }
{{- end }}
{{- if .Values.agents.clientCertificateSecret }}
- { name: XUNJIAN_CLIENT_CERT_FILE, value: /etc/xunjian/client/tls.crt }
- { name: XUNJIAN_CLIENT_KEY_FILE, value: /etc/xunjian/client/tls.key }
{{- end }}
{{- with .Values.agents.proxySecret }}
- name: XUNJIAN_PROXY
  valueFrom: { secretKeyRef: { name: {{ . }}, key: proxy } }
{{- end }}
{{- end }}
- { name: XUNJIAN_KEY_FILE, value: /etc/xunjian/site-key/site.key }
- { name: XUNJIAN_CONSENT_FOLDER, value: /etc/xunjian/consent }
- { name: XUNJIAN_STATE_DIR, value: /var/lib/xunjian }
{{- if .Values.agents.packConfigMap }}
- { name: XUNJIAN_PACKS_DIR, value: /etc/xunjian/packs }
{{- end }}
{{- /* Only what a site changed: reading the files costs each agent the memory of the libraries that check them. As variables, so that
`preview` in the pod takes them too. */}}
{{- if .Values.agents.config }}
- { name: XUNJIAN_SITE_CONFIG, value: /etc/xunjian/site/site.yaml }
{{- end }}
{{- if .Values.agents.suppressions }}
- { name: XUNJIAN_SUPPRESSIONS, value: /etc/xunjian/site/suppressions.yaml }
{{- end }}
- { name: XUNJIAN_LISTEN, value: "{{ include "xunjian.any" . }}:9464" }
- { name: XUNJIAN_SCHEDULE, value: {{ .Values.agents.schedule | quote }} }
- { name: XUNJIAN_TIME_ZONE, value: {{ .Values.agents.timeZone | quote }} }
- { name: XUNJIAN_RUN_AT_START, value: "true" }
- { name: XUNJIAN_HEARTBEAT_SECONDS, value: {{ .Values.agents.heartbeatSeconds | quote }} }
- { name: XUNJIAN_OUTBOX_MAX_MB, value: {{ .Values.agents.outboxMaxMegabytes | quote }} }
- { name: XUNJIAN_OUTBOX_MAX_DAYS, value: {{ .Values.agents.outboxMaxDays | quote }} }
- { name: XUNJIAN_LOG_LEVEL, value: {{ .Values.agents.logLevel | quote }} }
{{- end -}}

{{- define "xunjian.agentVolumes" -}}
- name: site-key
  secret: { secretName: {{ include "xunjian.siteKeySecret" . }}, defaultMode: 288, items: [{ key: site.key, path: site.key }] }
{{- if include "xunjian.collectorUrl" . }}
- name: token
  secret: { secretName: {{ include "xunjian.tokenSecret" . }}, defaultMode: 288, items: [{ key: token, path: token }] }
{{- if .Values.agents.caSecret }}
- name: ca
  secret: { secretName: {{ .Values.agents.caSecret }}, items: [{ key: ca.crt, path: ca.crt }] }
{{- else if and (include "xunjian.ownCollector" .) (not .Values.tls.systemAuthorities) }}
- name: ca
  {{- if eq .Values.tls.source "generated" }}
  configMap: { name: {{ include "xunjian.fullname" . }}-ca }
  {{- else }}
  secret: { secretName: {{ include "xunjian.tlsSecret" . }}, items: [{ key: ca.crt, path: ca.crt }] }
  {{- end }}
{{- end }}
{{- with .Values.agents.clientCertificateSecret }}
- name: client
  secret: { secretName: {{ . }}, defaultMode: 288 }
{{- end }}
{{- end }}
- name: site
  configMap: { name: {{ include "xunjian.fullname" . }}-agent }
- name: consent
  configMap: { name: {{ include "xunjian.fullname" . }}-consent }
{{- with .Values.agents.packConfigMap }}
- name: packs
  configMap: { name: {{ . }}, items: [{ key: applied.json, path: applied.json }] }
{{- end }}
{{- end -}}

{{- define "xunjian.agentMounts" -}}
- { name: state, mountPath: /var/lib/xunjian }
- { name: site, mountPath: /etc/xunjian/site, readOnly: true }
- { name: consent, mountPath: /etc/xunjian/consent, readOnly: true }
- { name: site-key, mountPath: /etc/xunjian/site-key, readOnly: true }
{{- if .Values.agents.packConfigMap }}
- { name: packs, mountPath: /etc/xunjian/packs, readOnly: true }
{{- end }}
{{- if include "xunjian.collectorUrl" . }}
- { name: token, mountPath: /etc/xunjian/token, readOnly: true }
{{- if or .Values.agents.caSecret (and (include "xunjian.ownCollector" .) (not .Values.tls.systemAuthorities)) }}
- { name: ca, mountPath: /etc/xunjian/ca, readOnly: true }
{{- end }}
{{- if .Values.agents.clientCertificateSecret }}
- { name: client, mountPath: /etc/xunjian/client, readOnly: true }
{{- end }}
{{- end }}
{{- end -}}

{{- define "xunjian.agentProbes" -}}
startupProbe: { httpGet: { path: /healthz, port: http }, periodSeconds: 2, failureThreshold: 60, timeoutSeconds: 5 }
livenessProbe: { httpGet: { path: /healthz, port: http }, periodSeconds: 30, failureThreshold: 4, timeoutSeconds: 10 }
readinessProbe: { httpGet: { path: /readyz, port: http }, periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 10 }
{{- end -}}

{{/* Paths of the host by level: what is mounted below /host, read-only. Held against the gatherers' needs by a test. */}}
{{- define "xunjian.hostPaths" -}}
{{- if eq .Values.node.hostAccess "reduced" -}}
[{"path": "/proc", "type": "Directory"}, {"path": "/sys", "type": "Directory"}, {"path": "/etc/os-release", "type": "File"}, {"path": "/var/log", "type": "Directory"}]
{{- else if eq .Values.node.hostAccess "full" -}}
[{{ range $index, $path := list "/proc" "/sys" "/etc" "/var" "/run" "/boot" "/opt" "/usr" }}{{ if $index }}, {{ end }}{"path": "{{ $path }}", "type": "Directory"}{{ end }}]
{{- else -}}
[]
{{- end -}}
{{- end -}}

{{/* Distributions without /etc/kubernetes/pki; only a real cluster can be asked. */}}
{{- define "xunjian.controlPlaneCertificates" -}}
{{- $own := false -}}
{{- range (dig "items" list (lookup "v1" "Node" "" "")) -}}
{{- if regexMatch "[+](k3s|rke2|k0s)" (dig "status" "nodeInfo" "kubeletVersion" "" .) -}}{{- $own = true -}}{{- end -}}
{{- end -}}
{{- if and (eq .Values.node.hostAccess "reduced") (not $own) -}}{{ .Values.node.controlPlane.certificates }}{{- end -}}
{{- end -}}

