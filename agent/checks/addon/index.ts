import type { Check } from '../check.ts';
import { alertmanagerUnready } from './alertmanager-unready.ts';
import { certManagerUnready } from './cert-manager-unready.ts';
import { certificateExpiring } from './certificate-expiring.ts';
import { certificateUnready } from './certificate-unready.ts';
import { clusterAutoscalerUnready } from './cluster-autoscaler-unready.ts';
import { deschedulerUnready } from './descheduler-unready.ts';
import { eventAutoscalerUnready } from './event-autoscaler-unready.ts';
import { gitopsUnready } from './gitops-unready.ts';
import { gpuPluginUnready } from './gpu-plugin-unready.ts';
import { grafanaUnready } from './grafana-unready.ts';
import { ingressControllerSingle } from './ingress-controller-single.ts';
import { ingressControllerUnready } from './ingress-controller-unready.ts';
import { ingressNginxRetired } from './ingress-nginx-retired.ts';
import { insightAgentUnready } from './insight-agent-unready.ts';
import { kdoctorUnready } from './kdoctor-unready.ts';
import { kubeStateMetricsUnready } from './kube-state-metrics-unready.ts';
import { logAgentUnready } from './log-agent-unready.ts';
import { logStoreUnready } from './log-store-unready.ts';
import { meshControlPlaneUnready } from './mesh-control-plane-unready.ts';
import { metricsServerUnready } from './metrics-server-unready.ts';
import { monitoringMissing } from './monitoring-missing.ts';
import { nodeExporterUncovered } from './node-exporter-uncovered.ts';
import { nodeProblemDetectorUnready } from './node-problem-detector-unready.ts';
import { platformModuleUnready } from './platform-module-unready.ts';
import { policyEngineUnready } from './policy-engine-unready.ts';
import { prometheusUnready } from './prometheus-unready.ts';
import { veleroUnready } from './velero-unready.ts';
import { warningEventsAddressRepair } from './warning-events-address-repair.ts';
import { warningEventsAttach } from './warning-events-attach.ts';
import { warningEventsAutoscaling } from './warning-events-autoscaling.ts';
import { warningEventsCrashLoop } from './warning-events-crash-loop.ts';
import { warningEventsCreation } from './warning-events-creation.ts';
import { warningEventsDnsConfig } from './warning-events-dns-config.ts';
import { warningEventsEndpoints } from './warning-events-endpoints.ts';
import { warningEventsEviction } from './warning-events-eviction.ts';
import { warningEventsFrequent } from './warning-events-frequent.ts';
import { warningEventsGarbageCollection } from './warning-events-garbage-collection.ts';
import { warningEventsHooks } from './warning-events-hooks.ts';
import { warningEventsImage } from './warning-events-image.ts';
import { warningEventsJobs } from './warning-events-jobs.ts';
import { warningEventsKernel } from './warning-events-kernel.ts';
import { warningEventsMount } from './warning-events-mount.ts';
import { warningEventsNode } from './warning-events-node.ts';
import { warningEventsOom } from './warning-events-oom.ts';
import { warningEventsProbe } from './warning-events-probe.ts';
import { warningEventsProvisioning } from './warning-events-provisioning.ts';
import { warningEventsSandbox } from './warning-events-sandbox.ts';
import { warningEventsScheduling } from './warning-events-scheduling.ts';

export const ADDON_CHECKS: readonly Check[] = [
  alertmanagerUnready,
  certManagerUnready,
  certificateExpiring,
  certificateUnready,
  clusterAutoscalerUnready,
  deschedulerUnready,
  eventAutoscalerUnready,
  gitopsUnready,
  gpuPluginUnready,
  grafanaUnready,
  ingressControllerSingle,
  ingressControllerUnready,
  ingressNginxRetired,
  insightAgentUnready,
  kdoctorUnready,
  kubeStateMetricsUnready,
  logAgentUnready,
  logStoreUnready,
  meshControlPlaneUnready,
  metricsServerUnready,
  monitoringMissing,
  nodeExporterUncovered,
  nodeProblemDetectorUnready,
  platformModuleUnready,
  policyEngineUnready,
  prometheusUnready,
  veleroUnready,
  warningEventsAddressRepair,
  warningEventsAttach,
  warningEventsAutoscaling,
  warningEventsCrashLoop,
  warningEventsCreation,
  warningEventsDnsConfig,
  warningEventsEndpoints,
  warningEventsEviction,
  warningEventsFrequent,
  warningEventsGarbageCollection,
  warningEventsHooks,
  warningEventsImage,
  warningEventsJobs,
  warningEventsKernel,
  warningEventsMount,
  warningEventsNode,
  warningEventsOom,
  warningEventsProbe,
  warningEventsProvisioning,
  warningEventsSandbox,
  warningEventsScheduling,
];
