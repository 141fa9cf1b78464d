/** How MongoDB is recognised. */
import { defineProduct } from '../product.ts';

export const MONGODB = defineProduct({
  product: 'mongodb',
  section: 'middlewareMongodb',
  title: 'MongoDB',
  signature: {
    images: [/^((bitnami|library|percona-server)-)?mongo(db)?(-(community-server|enterprise-server|sharded|server))?$/],
    notImages: [/-agent/, /mongo-express/, /readinessprobe/, /upgrade-hook/],
    labels: ['mongodb', 'mongodb-sharded', 'percona-server-mongodb'],
    operators: ['mongodbcommunity.mongodb.com/MongoDBCommunity', 'mongodb.com/MongoDB', 'psmdb.percona.com/PerconaServerMongoDB'],
    ports: [27017, 27018, 27019],
    processes: ['mongod', 'mongos'],
  },
  needs: [{ network: 'MongoDB (27017): hello, buildInfo, hostInfo, serverStatus, replSetGetStatus, getCmdLineOpts, getParameter, listShards, balancerStatus' }],
  load: async () => (await import('./gatherer.ts')).mongodbGatherer,
});
