window.govreport.receive("root",[3,3,[],[["a0541edbfc2ddbc4",2,7,"",0,","]]]);
